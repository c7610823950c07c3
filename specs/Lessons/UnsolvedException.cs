using ConcurrencySpecs.Lessons;
using ConcurrencySpecs.Lessons.Judging;
using ConcurrencySpecs.Lessons.Telling;

/// <summary>A lesson is not solved yet. The message is its title in one line; the stack trace is what it teaches.</summary>
/// <remarks>Runners print a message twice and a stack trace once; they print the full name of the type too, hence no namespace.</remarks>
public sealed class UnsolvedException : Exception
{
    private readonly string _taught;

    internal UnsolvedException(Finding found, LessonFiles files) : base(Teaching.Heading(files, Words.Current))
    {
        Found = found;
        _taught = "\n" + Teaching.Of(found, files, Words.Current, Settings.Hint);
    }

    public override string StackTrace => _taught;

    internal Finding Found { get; }
}
