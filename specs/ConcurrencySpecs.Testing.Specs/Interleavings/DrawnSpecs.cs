using ConcurrencySpecs.Testing;
using ConcurrencySpecs.Testing.Interleavings;
using ConcurrencySpecs.Testing.Programs;

public sealed class The_programs_that_are_explored
{
    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void grow_up_to_as_many_calls_per_thread_as_the_spec_asks_for(int calls)
    {
        var spec = new OfCalls(calls);
        ParallelProgram[] programs = [.. Enumerable.Range(0, 40).Select(index => new Drawn(42, index, []).Program(spec))];
        Assert.All(programs[..3], program => Assert.All(program.Lanes, lane => Assert.Single(lane.Commands)));
        Assert.Equal(calls, programs.Max(program => program.Lanes.Max(lane => lane.Commands.Length)));
    }

    private sealed class OfCalls(int calls) : ConcurrentSpec<ICounter, int>
    {
        protected internal override int CallsPerThread => calls;

        protected internal override ICounter NewSubject() => new AtomicCounter();

        protected internal override int InitialState => 0;

        protected internal override IEnumerable<Operation<ICounter, int>> Operations => [Operation("Read", counter => counter.Read(), sum => (sum, sum))];
    }
}
