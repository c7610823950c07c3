using System.Collections;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Twins;

/// <summary>The environment variables as one execution has set them, over those of the process: every schedule begins with the latter.</summary>
/// <remarks>Explorers of one process run side by side, so the process's own are read and never changed.
/// Framework code that reads a variable for itself, as Path.GetTempPath does, sees the process's.</remarks>
internal sealed class EnvironmentVariables : SyncObject
{
    private static readonly object _process = new();

    private readonly Dictionary<string, string?> _set = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private long _version;

    internal override SyncState State => new(_version);
    internal override string Noun => "the environment";

    /// <summary>Those of this execution. Only inside an exploration.</summary>
    public static EnvironmentVariables Mine => Steps.StateOf<EnvironmentVariables>(_process);

    public string? this[string variable] => _set.TryGetValue(variable, out string? value) ? value : Environment.GetEnvironmentVariable(variable);

    public IDictionary All()
    {
        IDictionary all = Environment.GetEnvironmentVariables();
        foreach ((string variable, string? value) in _set)
        {
            if (value is null) all.Remove(variable);
            else all[variable] = value;
        }

        return all;
    }

    /// <exception cref="ArgumentException">The variable cannot have that name.</exception>
    public void Set(string variable, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(variable);
        if (variable[0] == '\0' || variable.Contains('=', StringComparison.Ordinal))
            throw new ArgumentException("Environment variable name cannot be empty, begin with a zero or contain an equal character.", nameof(variable));
        Steps.Change(this);
        _set[variable] = value;
        _version++;
    }

    /// <summary>The text with each <c>%name%</c> of a variable replaced by its value.</summary>
    public string Expand(string text)
    {
        var expanded = new System.Text.StringBuilder();
        int start = 0;
        for (int end = -1; start < text.Length && (end = text.IndexOf('%', start + 1)) >= 0;)
        {
            string? value = text[start] == '%' && end > start + 1 ? this[text[(start + 1)..end]] : null;
            expanded.Append(value ?? text[start..end]);
            start = value is null ? end : end + 1;
        }

        return expanded.Append(text, start, text.Length - start).ToString();
    }
}
