namespace ConcurrencySpecs.Lessons;

/// <summary>The words of one lesson in one language: title, story, task, three hints, afterword, and a section for each thing that can be found.</summary>
/// <remarks>
/// The file is Markdown. Its headings are the same in every language, because programs read them: <c># title</c>, <c>## story</c>, <c>## task</c>,
/// <c>## hints</c> (a numbered list), <c>## afterword</c>, and under <c>## findings</c> for each key <c>### key</c>, a line that says what happened,
/// with {0} for its arguments, and the reason.
/// </remarks>
public sealed class LessonText
{
    private readonly Dictionary<string, List<string>> _sections = [];

    private LessonText(string file, IEnumerable<string> lines)
    {
        List<string> section = [];
        foreach (string line in lines.Select(line => line.TrimEnd()))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal)) Title = line[2..];
            else if (line.StartsWith("##", StringComparison.Ordinal)) _sections[line] = section = [];
            else if (line.Length > 0) section.Add(line);
        }
        File = file;
    }

    public string File { get; }

    public string Title { get; } = "";

    public IReadOnlyList<string> Story => Section("## story");

    public IReadOnlyList<string> Task => Section("## task");

    /// <summary>Question, principle, API.</summary>
    public IReadOnlyList<string> Hints => [.. Section("## hints").Select(hint => hint[(hint.IndexOf(' ', StringComparison.Ordinal) + 1)..])];

    public IReadOnlyList<string> Afterword => Section("## afterword");

    /// <summary>The keys of all that can be found.</summary>
    public IEnumerable<string> Findings => _sections.Keys.Where(key => key.StartsWith("### ", StringComparison.Ordinal)).Select(key => key[4..]);

    /// <summary>What happened, and why; null when this lesson has no words of its own for the key.</summary>
    public (string What, IReadOnlyList<string> Why)? Finding(string key) =>
        _sections.TryGetValue("### " + key, out List<string>? lines) && lines.Count > 0 ? (lines[0], lines[1..]) : null;

    /// <exception cref="FileNotFoundException">The text is gone.</exception>
    public static LessonText Read(string file) => System.IO.File.Exists(file)
        ? new LessonText(file, System.IO.File.ReadLines(file))
        : throw new FileNotFoundException($"{file} is gone. Restore it: git checkout -- {file}");

    private List<string> Section(string heading) => _sections.GetValueOrDefault(heading) ?? [];
}
