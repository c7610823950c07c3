using System.CommandLine;

namespace ConcurrencySpecs.Stress.Demo;

/// <summary><c>demo</c>: shows why something is not offered.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    private static readonly (ForkedWork Work, bool AsDotNetIs, string Words)[] _trials =
    [
        (ForkedWork.Nothing, true, "as .NET is; the copy does nothing"),
        (ForkedWork.CompileAMethod, true, "as .NET is; the copy runs a method that is new to it"),
        (ForkedWork.Nothing, false, "without write xor execute and tiered compilation; the copy does nothing"),
        (ForkedWork.CompileAMethod, false, "likewise; the copy runs a method that is new to it"),
        (ForkedWork.RunATask, false, "likewise; the copy runs a task"),
        (ForkedWork.WakeItsThread, false, "likewise; the copy gives work to its other thread"),
    ];

    public static Command Build()
    {
        var fork = new Command("fork", "Calls fork in .NET processes and shows what becomes of them and of their copies.");
        fork.SetAction((parsed, stop) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            foreach ((ForkedWork work, bool asDotNetIs, string words) in _trials)
            {
                if (stop.IsCancellationRequested) break;
                ForkResult result = new ForkTrial(work, asDotNetIs, _patience).Run();
                string copy = result.CopyAnswered ? "it did" : $"nothing came of it in {_patience.TotalSeconds:0} s";
                output.WriteLine($"{words}: {copy}; the caller {result.Caller}.");
            }

            output.WriteLine("A copy has one thread and a runtime that counts on the others. So there is no fork here: ChildProcess spawns.");
            return Task.FromResult(0);
        });
        return new Command("demo", "Shows why something is not offered.") { fork };
    }
}
