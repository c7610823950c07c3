using System.Reflection;
using ConcurrencySpecs.Lessons.Judging;

/// <summary>A lesson with one content of the learner's file: as shipped, emptied, answered, or nearly.</summary>
internal sealed record Variant(LessonFiles Files, string Name, Type Spec)
{
    /// <summary>All of them, found in the namespaces that the build wrapped them in: Variants.Lesson01.NearMiss_Volatile.</summary>
    public static IReadOnlyList<Variant> All { get; } = [.. typeof(Variant).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Lesson)) && type.Namespace is { } space && space.StartsWith("Variants.", StringComparison.Ordinal))
        .Select(type => (Type: type, Words: type.Namespace!.Split('.', 3)))
        .Select(found => new Variant(Course.Here.Lessons.Single(lesson => lesson.Name == found.Words[1]), found.Words[2].Replace('_', '.'), found.Type))
        .OrderBy(variant => variant.Files.Number).ThenBy(variant => variant.Name, StringComparer.Ordinal)];

    /// <summary>The file that takes the place of the learner's.</summary>
    public string File => Path.Combine(Path.GetDirectoryName(Files.Answer)!, Name + ".cs");

    /// <summary>What the runner calls the lesson's fact.</summary>
    public string Title => $"{Spec.Name}.{Fact.Name}".Replace('_', ' ');

    private MethodInfo Fact => Spec.GetMethods().Single(method => method.IsDefined(typeof(Variants.FactAttribute)));

    public bool IsNearMiss => Name.StartsWith("NearMiss.", StringComparison.Ordinal);

    public bool IsAnswer => Name.StartsWith("Answer", StringComparison.Ordinal);

    /// <summary>What the lesson's fact says: null when it passes.</summary>
    public Finding? Run()
    {
        object lesson = Activator.CreateInstance(Spec)!;
        try
        {
            Fact.Invoke(lesson, BindingFlags.DoNotWrapExceptions, null, null, null);
            return null;
        }
        catch (UnsolvedException unsolved)
        {
            return unsolved.Found;
        }
    }

    public override string ToString() => $"{Files.Name} {Name}";
}
