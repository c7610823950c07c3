using ConcurrencySpecs.Exploration;

public sealed class A_loop_without_a_step
{
    [Fact]
    public void that_never_ends_fails_with_its_line_and_the_schedule_so_far()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            var flag = new Flag();
            Task.WaitAll(Task.Run(flag.Raise), Task.Run(flag.GoesRoundIfRaised));
        }, new ExplorationOptions { Turns = 10_000 }));
        Counterexample example = failed.Result.Counterexample!;
        Assert.Matches(@"^Endless loop: .+ took no step in 10,000 rounds, the last of them at EndlessLoopSpecs\.cs:\d+\.", example.Verdict);
        Assert.Contains("_isUp: true", example.Explanation, StringComparison.Ordinal);
        Assert.NotEmpty(example.Schedule);
    }

    [Fact]
    public void is_found_in_every_kind_of_loop()
    {
        foreach (Action<int> round in (Action<int>[])[Loops.While, Loops.Goto, Loops.Continue, Loops.Switch])
        {
            var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() => round(1), new ExplorationOptions { Turns = 1000 }));
            Assert.StartsWith("Endless loop: ", failed.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void cannot_keep_the_schedule_from_ending()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(() =>
        {
            try
            {
                Loops.While(1);
            }
            finally
            {
                Loops.While(1);
            }
        }, new ExplorationOptions { Turns = 1000 }));
        Assert.StartsWith("Endless loop: ", failed.Message, StringComparison.Ordinal);
        Assert.True(Explore.Every(() => { }).Exhausted);
    }

    [Fact]
    public void may_compute_for_long_between_two_steps()
    {
        ExplorationResult result = Explore.Every(() =>
        {
            var flag = new Flag();
            long sum = 0;
            for (int turn = 0; turn < 3; turn++)
            {
                for (int i = 0; i < 900; i++) sum += i;
                flag.Raise();
            }
            Assert.Equal(3 * 404_550, sum);
        }, new ExplorationOptions { Turns = 1000 });
        Assert.True(result.Exhausted);
    }

    private static class Loops
    {
        public static void While(int one)
        {
            while (one == 1) { }
        }

        public static void Goto(int one)
        {
        again:
            one = -one;
            if (one != 0) goto again;
        }

        public static void Continue(int one)
        {
            while (true)
            {
                try
                {
                    if (one == 1) continue;
                }
                finally
                {
                    one = 1;
                }
                return;
            }
        }

        public static void Switch(int one)
        {
        again:
            switch (one)
            {
                case 0: goto again;
                case 1: goto again;
                case 2: goto again;
                default: return;
            }
        }
    }
}

public sealed class Flag
{
    private bool _isUp;

    public void Raise() => _isUp = true;

    public void GoesRoundIfRaised()
    {
        bool up = _isUp;
        while (up) { }
    }
}
