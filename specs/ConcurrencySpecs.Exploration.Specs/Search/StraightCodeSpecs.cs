using ConcurrencySpecs.Exploration.Explanation;
using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;

/// <summary>Steps of straight code go a short way. Where somebody watches every step goes the long one, which looks for rounds of a loop each time.</summary>
public sealed class A_step_of_straight_code
{
    private const int Programs = 300, Schedules = 20;

    [Fact]
    public void is_taken_like_any_other()
    {
        using var alone = new Explorer();
        using var watched = new Explorer();
        watched.Execution.Recorder = new Nobody();
        for (int seed = 1; seed <= Programs; seed++)
        {
            var program = new Wandering(seed);
            Assert.Equal(Taken(watched, program, seed), Taken(alone, program, seed));
        }
    }

    /// <summary>What happened in each schedule: how many steps, in which order, and how it ended.</summary>
    private static List<string> Taken(Explorer explorer, Wandering program, int seed)
    {
        var taken = new List<string>();
        Execution execution = explorer.Execution;
        (execution.RoundsBeforeMask, execution.RoundsBeforeLivelock) = (10, 20);
        explorer.After = verdict => taken.Add($"{verdict.Signature} {execution.Steps} {execution.CutLoop} {ReplayString.Write(execution.Schedule(), 0)}");
        Strategy strategy = seed % 2 == 0 ? new RandomWalk((ulong)seed) : new Pct((ulong)seed, 3);
        explorer.Run(program.Body, strategy, new SearchBounds { Schedules = Schedules, PastFailures = true, Steps = 5_000 });
        return taken;
    }

    private sealed class Nobody : IRecorder
    {
        public void Begin() { }

        public void Taken(Execution execution, LogicalThread thread) { }

        public void Value(LogicalThread thread, string value) { }

        public void Unchanged(LogicalThread thread) { }

        public void Stopping(Execution execution) { }

        public void Complete() { }
    }

    /// <summary>Two threads that walk over a few places in straight lines and loops, some of which wait for the other one.</summary>
    private sealed class Wandering(int seed)
    {
        private const int Places = 6, Walks = 12;

        public void Body()
        {
            Cell[] cells = [.. Enumerable.Range(0, Places).Select(_ => new Cell())];
            Run.Together(() => Wander(new SplitMix((ulong)seed * 2), cells), () => Wander(new SplitMix((ulong)(seed * 2) + 1), cells));
        }

        private static void Wander(SplitMix random, Cell[] cells)
        {
            for (int walk = 0; walk < Walks; walk++)
            {
                Cell cell = cells[random.Below(Places)];
                int line = 1 + (random.Below(3) * 100), rounds = 1 + random.Below(6), length = 1 + random.Below(20);
                switch (random.Below(8))
                {
                    case 0: cell.Write(random.Below(2), line); break;
                    case 1: cell.CompareExchange(1, random.Below(2), line); break;
                    case 2: Execution.Current!.Step(StepKind.Yield); break;
                    case 3:
                        for (int i = 0; i < rounds; i++) cell.VolatileRead(line);
                        break;
                    case 4:
                        for (int i = 0; i < rounds; i++) cell.CompareExchange(1, 2, line);
                        break;
                    case 5:
                        for (int i = 0; i < rounds * 30 && cell.VolatileRead(line) == 0; i++) cells[i % 2].Read(line + 1);
                        break;
                    default:
                        for (int i = 0; i < length; i++) cells[i % Places].Read(line + i);
                        break;
                }
            }
        }
    }
}
