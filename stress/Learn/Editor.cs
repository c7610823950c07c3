using System.Diagnostics;

namespace ConcurrencySpecs.Stress.Learn;

/// <summary>Opens a file in the editor that the user has chosen.</summary>
internal static class Editor
{
    /// <summary>Runs $VISUAL, else $EDITOR, and waits until it ends; does nothing where neither is set.</summary>
    /// <exception cref="UsageException">The editor cannot be started.</exception>
    public static void Open(string file)
    {
        string[] command = (Read("VISUAL") ?? Read("EDITOR") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (command.Length == 0) return;
        try
        {
            using var editor = Process.Start(command[0], [.. command[1..], file]);
            editor.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new UsageException(
                $"The editor '{string.Join(' ', command)}' does not start: {failure.Message}. Set EDITOR to one that does, or open {file} yourself.");
        }
    }

    private static string? Read(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
