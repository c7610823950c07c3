using ConcurrencySpecs.Lessons;
using ConcurrencySpecs.Lessons.Judging;
using ConcurrencySpecs.Lessons.Telling;

/// <summary>A lesson is not solved yet. The message is its number; the stack trace is what it teaches.</summary>
/// <remarks>Runners print a message twice and a stack trace once, and before it the full names of this type and of one of theirs: hence no namespace,
/// and no title, which would not fit beside them.</remarks>
public sealed class UnsolvedException : Exception
{
    private readonly string _taught;

    internal UnsolvedException(Finding found, LessonFiles files) : base(Teaching.Number(files, Words.Current))
    {
        Found = found;
        _taught = "\n" + Teaching.Of(found, files, Words.Current, Settings.Hint);
    }

    public override string StackTrace => _taught;

    internal Finding Found { get; }
}
