namespace ConcurrencySpecs.Benchmarks.Measuring;

/// <summary>A measurement with a command of its own.</summary>
/// <param name="Name">The command.</param>
/// <param name="FileName">What its page under <c>benchmarks/results</c> is called.</param>
/// <param name="Measure">From the rounds, whether it is only to be seen that everything runs, and where to tell how far it is:
/// the page, and all figures.</param>
internal sealed record OwnRunner(string Name, string FileName, Func<int, bool, Action<string>, (Page Page, object Result)> Measure);
