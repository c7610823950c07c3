namespace ConcurrencySpecs.Lessons;

/// <summary>Thrown inside a body where a lesson's requirement does not hold. The words for it are in the lesson's text, under its key.</summary>
public sealed class LessonFindingException : Exception
{
    public LessonFindingException(string key, params object[] arguments) : base(key) => (Key, Arguments) = (key, arguments);

    public string Key { get; }

    public IReadOnlyList<object> Arguments { get; }
}
