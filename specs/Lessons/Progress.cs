using System.Security.Cryptography;

namespace ConcurrencySpecs.Lessons;

/// <summary>Which lessons of a course have passed, and with which content: a line for each in <c>.progress</c>, which is not committed.</summary>
/// <remarks>A lesson counts as done while its file is the one that passed; who edits it again runs it again.</remarks>
public sealed class Progress(Course course)
{
    private readonly string _file = Path.Combine(course.Folder, ".progress");

    public bool IsDone(LessonFiles lesson)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        return File.Exists(lesson.Learner) && Read().GetValueOrDefault(lesson.Name) == Mark(lesson);
    }

    /// <summary>The first lesson that is not done, or null.</summary>
    public LessonFiles? Next() => course.Lessons.FirstOrDefault(lesson => !IsDone(lesson));

    public void Passed(LessonFiles lesson) => Change(done => done[lesson.Name] = Mark(lesson));

    public void Failed(LessonFiles lesson) => Change(done => done.Remove(lesson.Name));

    private static string Mark(LessonFiles lesson) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(lesson.Learner)))[..16];

    private SortedDictionary<string, string> Read()
    {
        var done = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(_file)) return done;
        foreach (string[] words in File.ReadLines(_file).Select(line => line.Split(' ')).Where(words => words.Length == 2)) done[words[0]] = words[1];
        return done;
    }

    // One can learn from a read-only clone too; only the map then does not know how far one is.
    private void Change(Action<SortedDictionary<string, string>> change)
    {
        try
        {
            SortedDictionary<string, string> done = Read();
            change(done);
            File.WriteAllLines(_file, done.Select(pair => $"{pair.Key} {pair.Value}"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{_file} cannot be written, so `stress learn` will not know of this run: {failure.Message}");
        }
    }
}
