namespace ConcurrencySpecs.Signals;

/// <summary>A signal of Linux, by its number.</summary>
/// <remarks>
/// Standard signals (1 to 31) coalesce: as long as one is pending, others of its kind are dropped, so they tell that something happened and
/// never how often. Realtime signals are queued: each one that was sent arrives.
/// </remarks>
public readonly record struct Signal
{
    internal const int Highest = 64;
    internal const int FirstRealtime = 34;

    private static readonly string[] _names =
    [
        "?", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD",
        "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>The signal with this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are the signals 1 to 64.</exception>
    public Signal(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Highest);
        Number = number;
    }

    /// <summary>The number on x64 and arm64.</summary>
    public int Number { get; }

    /// <summary>True when each one that is sent arrives; false when pending ones coalesce.</summary>
    public bool IsRealtime => Number >= FirstRealtime - 2;

    /// <summary>SIGHUP: the terminal is gone; for a service: read the configuration again.</summary>
    public static Signal Hup => new(1);

#pragma warning disable CA1720 // SIGINT is its name
    /// <summary>SIGINT: Ctrl+C.</summary>
    public static Signal Int => new(2);
#pragma warning restore CA1720

    /// <summary>SIGQUIT: Ctrl+\.</summary>
    public static Signal Quit => new(3);

    /// <summary>SIGABRT: the program gave up.</summary>
    public static Signal Abrt => new(6);

    /// <summary>SIGKILL: ends the process, whatever it does.</summary>
    public static Signal Kill => new(9);

    /// <summary>SIGUSR1, for the program's own use.</summary>
    public static Signal Usr1 => new(10);

    /// <summary>SIGSEGV: an access to memory that is not there.</summary>
    public static Signal Segv => new(11);

    /// <summary>SIGUSR2, for the program's own use.</summary>
    public static Signal Usr2 => new(12);

    /// <summary>SIGPIPE: a write to a pipe that nobody reads. .NET ignores it, so that the write fails instead.</summary>
    public static Signal Pipe => new(13);

    /// <summary>SIGALRM: the alarm of the process.</summary>
    public static Signal Alrm => new(14);

    /// <summary>SIGTERM: please end.</summary>
    public static Signal Term => new(15);

    /// <summary>SIGCHLD: a child has changed. It belongs to the runtime's Process class.</summary>
    public static Signal Chld => new(17);

    /// <summary>SIGCONT: go on after a stop.</summary>
    public static Signal Cont => new(18);

    /// <summary>SIGSTOP: stops the process, whatever it does.</summary>
    public static Signal Stop => new(19);

    /// <summary>SIGTSTP: Ctrl+Z.</summary>
    public static Signal Tstp => new(20);

    /// <summary>SIGWINCH: the terminal has another size.</summary>
    public static Signal Winch => new(28);

    /// <summary>SIGRTMIN + <paramref name="index"/>; 0 is the runtime's own, 30 is this package's, so that 1 to 29 are for programs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not from 0 to 30.</exception>
    public static Signal Realtime(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, Highest - FirstRealtime);
        return new(FirstRealtime + index);
    }

    /// <summary>The name as `kill -l` has it: SIGTERM, SIGRTMIN+3.</summary>
    public override string ToString() =>
        Number < _names.Length ? "SIG" + _names[Number] : Number < FirstRealtime ? $"signal {Number}" : $"SIGRTMIN+{Number - FirstRealtime}";
}
