using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using ConcurrencySpecs.Native;

namespace ConcurrencySpecs.Signals;

/// <summary>Whose handler it is that we find installed: two owners of one signal have killed processes, so each must know of the other.</summary>
internal static class HandlerOwner
{
    // A private field, because the runtime does not say what is registered; where it is missing everything of the runtime counts as registered.
    private static readonly FieldInfo? _registrations =
        typeof(PosixSignalRegistration).GetField("s_registrations", BindingFlags.NonPublic | BindingFlags.Static);

    private const string RuntimeHasIt = "PosixSignalRegistration has it in this process (Console.CancelKeyPress and generic hosts use that too). "
        + "Dispose that registration first, or handle the signal there.";

    /// <summary>Null when there is no handler, or the runtime's own of the start, which does what is usual and may be replaced for a while.</summary>
    public static string? Describe(Signal signal, in SignalAction now)
    {
        if (!now.IsHandled) return now.Handler == SignalAction.Ignored && HasRegistered(signal) ? RuntimeHasIt : null;
        string library = LibraryOf(now.Handler);
        return library switch
        {
            "libcoreclr.so" => null,
            "libSystem.Native.so" when !IsRegistered(signal) => null,
            "libSystem.Native.so" => RuntimeHasIt,
            _ => $"a handler in {library} has it in this process (Mono's UnixSignal, say). Let that go first, or handle the signal there.",
        };
    }

    /// <summary>Whether the runtime's registration is known to have the signal: over an ignored one it changes nothing, and counts on that.</summary>
    public static bool HasRegistered(Signal signal) => _registrations?.GetValue(null) is IDictionary && IsRegistered(signal);

    private static bool IsRegistered(Signal signal)
    {
        if (_registrations?.GetValue(null) is not IDictionary registered) return true;
        lock (registered)
        {
            foreach (object key in registered.Keys) if (key is int number && number == signal.Number) return true;
        }

        return false;
    }

    private static string LibraryOf(nint address)
    {
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            string[] fields = line.Split(['-', ' '], 3);        // from-to rights …  path
            if (address < From(fields[0]) || address >= From(fields[1])) continue;
            int path = line.IndexOf('/', StringComparison.Ordinal);
            return path < 0 ? "memory without a file" : Path.GetFileName(line[path..]);
        }

        return "unknown memory";
    }

    private static nint From(string hexadecimal) => (nint)long.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
