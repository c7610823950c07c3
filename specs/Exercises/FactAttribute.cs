using System.Runtime.CompilerServices;

/// <summary>A lesson's fact, placed where it is to be mended: a test explorer leads to the learner's file and shows its run button there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactAttribute : Xunit.FactAttribute
{
    public FactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : this(Course.Here.LessonOf(sourceFilePath ?? $"line {sourceLineNumber} of nowhere")) { }

    private FactAttribute(LessonFiles lesson) : base(lesson.Learner, lesson.LineToMend) { }
}
