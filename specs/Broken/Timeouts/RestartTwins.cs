using ConcurrencySpecs.Contracts.Timeouts;

namespace ConcurrencySpecs.Broken.Timeouts;

[Broken("is put off to the end of a longer start by the coming of an old moment, when a shorter start has begun meanwhile", "Interleavings")]
public sealed class DeadlineIsPutOffByAnOldMoment : RestartedOnceContract
{
    protected override IRestartedOnce NewSubject() => new Twin();

    private sealed class Twin : IRestartedOnce
    {
        private const int NotArmed = 0;
        private readonly Lock _clock = new();
        private int _now;
        private int _armed = FirstLimit;
        private int _due = LongLimit;
        private bool _wasRestarted;
        private bool _told;

        public bool Restart(int seconds)
        {
            if (_wasRestarted) return false;
            _wasRestarted = true;
            int due = Volatile.Read(ref _now) + seconds;
            Volatile.Write(ref _due, due);
            lock (_clock) if (_armed == NotArmed || _armed > due) _armed = due;
            return true;
        }

        public bool Pass()
        {
            int now = Interlocked.Increment(ref _now);
            while (Comes(now))
            {
                int due = Volatile.Read(ref _due);
                if (now >= due) _told = true;
                else lock (_clock) _armed = due;        // whoever has armed it since for an earlier moment
            }

            return _told;
        }

        private bool Comes(int now)
        {
            lock (_clock)
            {
                if (_armed == NotArmed || _armed > now) return false;
                _armed = NotArmed;
                return true;
            }
        }
    }
}
