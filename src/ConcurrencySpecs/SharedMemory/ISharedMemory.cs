namespace ConcurrencySpecs.SharedMemory;

/// <summary>Memory that may be disposed while somebody waits for what lies in it; explored protocols have one without a system behind it.</summary>
internal interface ISharedMemory
{
    /// <exception cref="ObjectDisposedException">It is disposed in this process.</exception>
    /// <exception cref="InvalidDataException">Somebody has truncated it.</exception>
    void ThrowIfGone();
}
