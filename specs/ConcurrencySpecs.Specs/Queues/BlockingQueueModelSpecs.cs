using ConcurrencySpecs.Queues;

/// <summary>
/// Random programs of calls that wait, cancellations, a moving clock and closings, judged by a model after every step.
/// One thread makes all the calls, so each wait is decided before the call that decides it returns.
/// </summary>
public sealed class A_blocking_queue_under_any_order_of_calls
{
    private const int Capacity = 2;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    [Fact]
    public void does_what_its_model_does() => Spec.ForAll<byte[]>(program =>
    {
        var run = new Run();
        foreach (byte call in program) run.Step(call);
        run.Finish();
    });

    private sealed class Run
    {
        private readonly FakeTimeProvider _clock = new();
        private readonly BlockingQueue<int> _queue;
        private readonly List<Wait> _all = [];
        private readonly Queue<int> _items = new();
        private readonly List<Wait> _putters = [];
        private readonly List<Wait> _getters = [];
        private TimeSpan _now;
        private bool _closed;
        private int _next;

        public Run() => _queue = new BlockingQueue<int>(Capacity, _clock);

        public void Step(byte call)
        {
            switch (call % 10)
            {
                case 0 or 1 or 2: Put(mayTimeOut: call % 3 == 0); break;
                case 3 or 4 or 5: Get(mayTimeOut: call % 3 == 0); break;
                case 6: Cancel(_putters, call); break;
                case 7: Cancel(_getters, call); break;
                case 8: Advance(TimeSpan.FromSeconds(call % 3)); break;
                default: if (call > 200) Close(drop: call > 230); break;
            }

            Assert.Equal(_items.Count, _queue.Count);
            Assert.All(_putters.Concat(_getters), waiting => Assert.False(waiting.Answer.IsCompleted));
        }

        public void Finish()
        {
            Close(drop: false);
            foreach (Wait wait in _all) Assert.Equal(wait.Expected, wait.Outcome());
        }

        private void Put(bool mayTimeOut)
        {
            int item = ++_next;
            Wait put = Begin(mayTimeOut, async (limit, cancel) => $"{await _queue.TryPutAsync(item, limit, cancel)}");
            put.Item = item;
            if (_closed) put.Expected = "Closed";
            else if (TakeFirst(_getters) is { } getter) (put.Expected, getter.Expected) = ("Added", $"Taken {item}");
            else if (_items.Count < Capacity) Add(put);
            else _putters.Add(put);
        }

        private void Get(bool mayTimeOut)
        {
            Wait get = Begin(mayTimeOut, async (limit, cancel) =>
            {
                Got<int> got = await _queue.TryGetAsync(limit, cancel);
                return got.Result == GetResult.Taken ? $"Taken {got.Item}" : $"{got.Result}";
            });
            if (_items.TryDequeue(out int item))
            {
                get.Expected = $"Taken {item}";
                if (TakeFirst(_putters) is { } putter) Add(putter);
            }
            else if (_closed) get.Expected = "Closed";
            else _getters.Add(get);
        }

        private void Cancel(List<Wait> waiting, int which)
        {
            if (waiting.Count == 0) return;
            Wait chosen = waiting[which % waiting.Count];
            waiting.Remove(chosen);
            chosen.Expected = "cancelled";
            chosen.Cancel.Cancel();
        }

        private void Advance(TimeSpan span)
        {
            _now += span;
            foreach (Wait late in _putters.Concat(_getters).Where(wait => wait.Deadline <= _now)) late.Expected = "TimedOut";
            _putters.RemoveAll(wait => wait.Deadline <= _now);
            _getters.RemoveAll(wait => wait.Deadline <= _now);
            _clock.Advance(span);
        }

        private void Close(bool drop)
        {
            _closed = true;
            foreach (Wait released in _putters.Concat(_getters)) released.Expected = "Closed";
            _putters.Clear();
            _getters.Clear();
            if (!drop) _queue.CompleteAdding();
            else Assert.Equal(_items, _queue.Abort());
            if (drop) _items.Clear();
        }

        private void Add(Wait put)
        {
            put.Expected = "Added";
            _items.Enqueue(put.Item);
        }

        private Wait Begin(bool mayTimeOut, Func<TimeSpan, CancellationToken, Task<string>> call)
        {
            var cancel = new CancellationTokenSource();
            TimeSpan limit = mayTimeOut ? _patience : Timeout.InfiniteTimeSpan;
            var wait = new Wait(cancel, call(limit, cancel.Token), mayTimeOut ? _now + limit : TimeSpan.MaxValue);
            _all.Add(wait);
            return wait;
        }

        private static Wait? TakeFirst(List<Wait> waiting)
        {
            Wait? first = waiting.FirstOrDefault();
            if (first is not null) waiting.RemoveAt(0);
            return first;
        }
    }

    private sealed record Wait(CancellationTokenSource Cancel, Task<string> Answer, TimeSpan Deadline)
    {
        public int Item { get; set; }

        public string? Expected { get; set; }

        public string Outcome()
        {
            Threads.WaitUntil(() => Answer.IsCompleted);
            return Answer.IsCanceled ? "cancelled" : Answer.GetAwaiter().GetResult();
        }
    }
}
