using System.Security.Cryptography;

namespace ConcurrencySpecs.Lessons;

/// <summary>Which lessons have passed, and with which content: one line for each in <c>specs/Exercises/.progress</c>, which is not committed.</summary>
/// <remarks>A lesson counts as done while its file is the one that passed; who edits it again runs it again.</remarks>
public static class Progress
{
    private static readonly Lock _gate = new();

    public static bool IsDone(LessonFiles lesson)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        return File.Exists(lesson.Learner) && Read().GetValueOrDefault(lesson.Name) == Mark(lesson);
    }

    /// <summary>The first lesson that is not done, or null.</summary>
    public static LessonFiles? Next(Course course)
    {
        ArgumentNullException.ThrowIfNull(course);
        return course.Lessons.FirstOrDefault(lesson => !IsDone(lesson));
    }

    internal static void Passed(LessonFiles lesson) => Change(done => done[lesson.Name] = Mark(lesson));

    internal static void Failed(LessonFiles lesson) => Change(done => done.Remove(lesson.Name));

    private static string Mark(LessonFiles lesson) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(lesson.Learner)))[..16];

    private static string Place => Path.Combine(Course.Here.Folder, ".progress");

    private static SortedDictionary<string, string> Read()
    {
        var done = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(Place)) return done;
        foreach (string[] words in File.ReadLines(Place).Select(line => line.Split(' ')).Where(words => words.Length == 2)) done[words[0]] = words[1];
        return done;
    }

    // A lesson whose file was deleted after the build has nothing to mark; a read-only clone keeps no progress and can still be learned from.
    private static void Change(Action<SortedDictionary<string, string>> change)
    {
        try
        {
            lock (_gate)
            {
                SortedDictionary<string, string> done = Read();
                change(done);
                File.WriteAllLines(Place, done.Select(pair => $"{pair.Key} {pair.Value}"));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Place} cannot be written, so `stress learn` will not know of this run: {failure.Message}");
        }
    }
}
