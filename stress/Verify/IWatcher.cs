namespace ConcurrencySpecs.Stress.Verify;

/// <summary>Follows a run. All calls come from the thread that runs it.</summary>
internal interface IWatcher
{
    /// <summary>Something ended: <paramref name="line"/> says what came of it.</summary>
    void Ended(string line, VerifyReport soFar);

    /// <summary>Something goes on; called often.</summary>
    void GoesOn(string line, VerifyReport soFar);
}
