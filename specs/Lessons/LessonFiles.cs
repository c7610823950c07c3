using System.Globalization;

namespace ConcurrencySpecs.Lessons;

/// <summary>Where the files of one lesson are.</summary>
public sealed class LessonFiles
{
    private readonly string _exercises, _folder;

    internal LessonFiles(string exercises, string folder)
    {
        (_exercises, _folder) = (exercises, folder);
        Number = int.Parse(Path.GetFileName(folder)["Lesson".Length..], NumberStyles.None, CultureInfo.InvariantCulture);
        Module = Path.GetFileName(Path.GetDirectoryName(folder)!);
    }

    public int Number { get; }

    /// <summary>The topic: the folder that it lies in.</summary>
    public string Module { get; }

    /// <summary>"Lesson03".</summary>
    public string Name => $"Lesson{Number:00}";

    /// <summary>The file that the learner mends.</summary>
    public string Learner => Path.Combine(_exercises, Module, Name + ".cs");

    /// <summary>The line of that file that says what to achieve; the first when it is gone.</summary>
    public int LineToMend => 1 + Math.Max(0, Array.FindIndex(File.ReadAllLines(Learner), line => line.Contains("// TODO", StringComparison.Ordinal)));

    /// <summary>The same as it was delivered, for starting again.</summary>
    public string Shipped => Path.Combine(_folder, "Shipped.cs");

    /// <summary>One good answer.</summary>
    public string Answer => Path.Combine(_folder, "Answer.cs");

    /// <summary>What every variant of the learner's file is known to come to.</summary>
    public string Recorded => Path.Combine(_folder, $"L{Number:00}.recorded.txt");

    /// <summary>The lesson's words.</summary>
    public string TextFile(string language) => Path.Combine(_folder, $"L{Number:00}.{language}.md");

    /// <summary>The summary of the module.</summary>
    public string Card(string language) => Path.Combine(_exercises, Module, $"Card.{language}.md");

    public LessonText Text(string language) => LessonText.Read(TextFile(language));

    /// <summary>A path as a learner in the repository would write it.</summary>
    public string Relative(string path) => Path.Combine("specs", "Exercises", Path.GetRelativePath(_exercises, path));
}
