namespace ConcurrencySpecs.Lessons;

/// <summary>The lessons as they lie in <c>specs/Exercises</c>: a folder for each module, and in it a folder for each lesson. There is no other list.</summary>
public sealed class Course
{
    public const string ExercisesAssembly = "ConcurrencySpecs.Exercises";

    private static readonly Lazy<Course> _here = new(() => new Course(Find(new DirectoryInfo(AppContext.BaseDirectory))));

    public Course(string folder)
    {
        Folder = folder;
        Lessons = [.. Directory.EnumerateDirectories(folder, "Lesson*", SearchOption.AllDirectories)
            .Where(lesson => Path.GetFileName(lesson).Length == 8 && Path.GetDirectoryName(Path.GetDirectoryName(lesson)) == folder)
            .Select(lesson => new LessonFiles(folder, lesson))
            .OrderBy(lesson => lesson.Number)];
    }

    /// <summary>The course in the clone that this program was built from.</summary>
    public static Course Here => _here.Value;

    /// <summary>The folder <c>specs/Exercises</c>.</summary>
    public string Folder { get; }

    /// <summary>In the order in which they are learned.</summary>
    public IReadOnlyList<LessonFiles> Lessons { get; }

    /// <exception cref="FileNotFoundException">There is no lesson of this number.</exception>
    public LessonFiles Lesson(int number) => Lessons.FirstOrDefault(lesson => lesson.Number == number)
        ?? throw new FileNotFoundException($"{Folder} holds no folder for lesson {number}. Restore it: git checkout -- specs/Exercises");

    /// <summary>The lesson that a file such as <c>Lesson03Spec.cs</c> specifies, wherever the build says that this file is.</summary>
    public LessonFiles LessonOf(string specFile)
    {
        ArgumentNullException.ThrowIfNull(specFile);
        return Lessons.Single(lesson => Path.GetFileName(specFile) == $"{lesson.Name}Spec.cs");
    }

    /// <summary>The lesson after which a module ends, so that its card is due.</summary>
    public bool EndsModule(LessonFiles lesson) => Lessons.Last(other => other.Module == lesson.Module) == lesson;

    private static string Find(DirectoryInfo? from)
    {
        for (DirectoryInfo? here = from; here is not null; here = here.Parent)
        {
            string folder = Path.Combine(here.FullName, "specs", "Exercises");
            if (File.Exists(Path.Combine(here.FullName, "ConcurrencySpecs.sln")) && Directory.Exists(folder)) return folder;
        }
        throw new DirectoryNotFoundException($"No folder above {from} holds specs/Exercises. The lessons read their text from there: run them from a clone.");
    }
}
