using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

/// <summary>Has the process that makes it refused every new descriptor, for as long as it wants; what is open stays so.</summary>
internal sealed class ScarceDescriptors : IDisposable
{
    private const int OpenFiles = 7;
    private const int Fewest = 16;
    private readonly List<SafeFileHandle> _fillers = [];
    private readonly Limit _usual;

    public ScarceDescriptors()
    {
        Assert.Equal(0, Get(OpenFiles, out _usual));
        do _fillers.Add(File.OpenHandle("/dev/null"));                  // the lowest numbers are given first: what is opened later lies above
        while (_fillers[^1].DangerousGetHandle() < Fewest);
    }

    public void Refuse() => Assert.Equal(0, Set(OpenFiles, _usual with { Now = Fewest }));

    public void Allow() => Assert.Equal(0, Set(OpenFiles, _usual));

    public void Dispose()
    {
        foreach (SafeFileHandle filler in _fillers) filler.Dispose();
    }

    [DllImport("libc", EntryPoint = "getrlimit"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Get(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "setrlimit"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(int resource, in Limit limit);

    private record struct Limit(long Now, long Most);
}
