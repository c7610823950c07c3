using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration;

/// <summary>Methods whose lock no instruction takes: the runtime does, by a flag of the method.</summary>
public sealed class A_synchronized_method
{
    [Fact]
    public void keeps_the_threads_of_one_object_apart() => Exhausts(() =>
    {
        var counter = new Counter();
        Twice(() => counter.Add(1));
        Assert.Equal(2, counter.Add(0));
    });

    [Fact]
    public void has_the_lock_that_a_statement_takes() => Exhausts(() =>
    {
        var counter = new Counter();
        Task adding = Task.Run(() => counter.Add(1));
        lock (counter) counter.Plain();
        adding.Wait();
        Assert.Equal(2, counter.Add(0));
    });

    [Fact]
    public void that_is_static_keeps_the_threads_of_its_type_apart() => Exhausts(() =>
    {
        Twice(() => Shared<int>.Add(1));
        lock (typeof(Shared<int>)) Assert.Equal(2, Shared<int>.Add(0));
    });

    [Fact]
    public void leaves_its_lock_when_it_throws() => Exhausts(() =>
    {
        var counter = new Counter();
        Twice(() => Assert.Throws<InvalidOperationException>(counter.Throw));
        Assert.Equal(3, counter.Returns(1));
    });

    [Fact]
    public void waits_and_pulses_in_its_own_lock() => Exhausts(() =>
    {
        var gate = new Signal();
        Task waiting = Task.Run(gate.Wait);
        gate.Set();
        waiting.Wait();
    });

    [Fact]
    public void beside_a_twin_without_the_flag_loses_an_update_that_is_found() => Assert.Contains("Assert.Equal", Failure(() =>
    {
        var counter = new Counter();
        Task adding = Task.Run(() => counter.Add(1));
        counter.Plain();
        adding.Wait();
        Assert.Equal(2, counter.Add(0));
    }), StringComparison.Ordinal);

    [Fact]
    public void of_two_objects_that_call_each_other_deadlocks_and_is_found_at_its_lines()
    {
        string failure = Failure(() =>
        {
            Account a = new(), b = new();
            Task moving = Task.Run(() => a.MoveTo(b));
            b.MoveTo(a);
            moving.Wait();
        });
        Assert.Contains("Deadlock", failure, StringComparison.Ordinal);
        Assert.Contains("SynchronizedSpecs.cs:", failure, StringComparison.Ordinal);
        Assert.Contains("Monitor.Enter", failure, StringComparison.Ordinal);
    }

    private static void Twice(Action body) => Task.WaitAll(Task.Run(body), Task.Run(body));

    private static void Exhausts(Action body)
    {
        ExplorationResult result = Explore.Every(body);
        Assert.True(result.Exhausted && result.Schedules > 1, result.ToString());
    }

    private static string Failure(Action body) => Assert.Throws<ExplorationFailedException>(() => { Explore.Every(body); }).ToString();

    private sealed class Counter
    {
        private int _count;

        [MethodImpl(MethodImplOptions.Synchronized)]
        public int Add(int more) => _count += more;

        public void Plain() => _count++;

        [MethodImpl(MethodImplOptions.Synchronized)]
        public void Throw()
        {
            _count++;
            throw new InvalidOperationException();
        }

        [MethodImpl(MethodImplOptions.Synchronized)]
        public int Returns(int more)
        {
            try
            {
                if (_count == 0) return 0;
            }
            finally
            {
                _count += more;
            }
            for (int i = 0; i < 2; i++)
            {
                if (i == 1) return _count;
            }
            throw new InvalidOperationException();
        }
    }

    private static class Shared<T>
    {
        private static int _count;

        [MethodImpl(MethodImplOptions.Synchronized)]
        public static int Add(int more) => _count += more;
    }

    private sealed class Signal
    {
        private bool _set;

        [MethodImpl(MethodImplOptions.Synchronized)]
        public void Set()
        {
            _set = true;
            Monitor.Pulse(this);
        }

        [MethodImpl(MethodImplOptions.Synchronized)]
        public void Wait()
        {
            while (!_set) Monitor.Wait(this);
        }
    }

    private sealed class Account
    {
        private int _money = 1;

        [MethodImpl(MethodImplOptions.Synchronized)]
        public void MoveTo(Account other)
        {
            _money--;
            other.Take();
        }

        [MethodImpl(MethodImplOptions.Synchronized)]
        private void Take() => _money++;
    }
}
