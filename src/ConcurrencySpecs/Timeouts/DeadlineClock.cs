namespace ConcurrencySpecs.Timeouts;

/// <summary>Something that happens at a moment of a <see cref="DeadlineClock"/>.</summary>
internal abstract class DeadlineEntry
{
    private int _place;

    /// <summary>The place in the clock's heap; 0: not armed. The clock's, under its lock; a look without it is not moved before a store.</summary>
    public int Place
    {
        get => Volatile.Read(ref _place);
        set => _place = value;
    }

    /// <summary>When, in nanoseconds of the clock. The clock's.</summary>
    public long Due { get; set; }

    /// <summary>True when it is armed for that moment or an earlier one. Without the clock's lock: it may come at any time.</summary>
    public bool IsArmedUntil(long due) => Place != 0 && Due <= due;

    /// <summary>Called once after arming, when the moment has come and never before, unless it was disarmed; without any lock of the clock.</summary>
    public abstract void Come();
}

/// <summary>All deadlines of one clock: a heap, and one wake-up for the earliest.</summary>
/// <remarks>
/// Disarming leaves the wake-up as it is, because most deadlines are disarmed: the next ring finds nothing due and is set anew. So arming and
/// disarming a deadline that is not the next one costs no system call, and nothing is allocated.
/// </remarks>
internal abstract class DeadlineClock
{
    // I1  _heap[1.._count] is a heap by Due, and each entry knows its place; _heap[0] is unused
    // I2  a wake-up is set for _wakeUp, and no entry is due before that unless a thread whose wake-up has come is still to look at the heap
    public const long Never = long.MaxValue;
    private const long FarBehind = 1_000_000;           // nanoseconds after the next moment, so that the ring for it does not come before
    private const int NanosecondsPerTick = 100;
    private const long LongestTicks = Never / NanosecondsPerTick / 2;

    private readonly Lock _gate = new();
    private DeadlineEntry?[] _heap = new DeadlineEntry?[16];
    private int _count;
    private long _wakeUp = Never;

    /// <summary>Nanoseconds since some moment; they never go back.</summary>
    public abstract long Now { get; }

    /// <summary>False when the moment is certainly still to come; a cheaper look than at <see cref="Now"/>.</summary>
    public virtual bool MayHaveCome(long due) => true;

    /// <summary>The clock of a time provider: the system's monotonic one by the kernel's timer, others by their own timers.</summary>
    public static DeadlineClock Of(TimeProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return ReferenceEquals(provider, TimeProvider.System) && OperatingSystem.IsLinux() ? MonotonicClock.Instance : new ProvidedClock(provider);
    }

    /// <summary>The moment <paramref name="limit"/> after <paramref name="now"/>; <see cref="Never"/> when that is infinite or centuries away.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public static long After(long now, TimeSpan limit)
    {
        if (limit == Timeout.InfiniteTimeSpan) return Never;
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero);
        return limit.Ticks > LongestTicks ? Never : now + (limit.Ticks * NanosecondsPerTick);
    }

    /// <summary>From <paramref name="now"/> to <paramref name="due"/>, rounded up, and at least one tick as long as it has not come.</summary>
    public static TimeSpan Between(long now, long due) =>
        due == Never ? Timeout.InfiniteTimeSpan
        : due <= now ? TimeSpan.Zero
        : TimeSpan.FromTicks((due - now + NanosecondsPerTick - 1) / NanosecondsPerTick);

    /// <summary>Arms the entry for a moment at the latest: one that is armed for a later one is moved, one that is for an earlier one stays.</summary>
    public void Arm(DeadlineEntry entry, long due)
    {
        if (due == Never) return;
        lock (_gate)
        {
            if (entry.IsArmedUntil(due)) return;
            if (entry.Place != 0) Remove(entry);
            entry.Due = due;
            if (++_count == _heap.Length) Array.Resize(ref _heap, 2 * _heap.Length);
            Rise(entry, _count);
            if (due < _wakeUp) SetWakeUp(due);
        }
    }

    /// <summary>False when it was not armed, or when its moment has come and Come is being called or about to be.</summary>
    public bool Disarm(DeadlineEntry entry)
    {
        lock (_gate)
        {
            if (entry.Place == 0) return false;
            Remove(entry);
            return true;
        }
    }

    /// <summary>Under the gate: asks for a ring at that moment, in place of the one asked for before.</summary>
    protected abstract void WakeAt(long due);

    /// <summary>Called when a wake-up has come, before <see cref="Ring"/>: whether the next moment is so near that the thread may as well await it.</summary>
    /// <returns>That moment, or 0. The wake-up after it is set already, so that nothing but the entry's work is left to do when it has come.</returns>
    protected long Approach(long within)
    {
        lock (_gate)
        {
            _wakeUp = Never;
            if (_heap[1] is not { } first || first.Due - Now > within) return 0;
            long second = Math.Min(_heap[2]?.Due ?? Never, _heap[3]?.Due ?? Never);
            if (second - first.Due >= FarBehind) SetWakeUp(second);
            return first.Due;
        }
    }

    /// <summary>Does what is due; by several threads at once if need be.</summary>
    protected void Ring()
    {
        while (TakeDue() is { } due) due.Come();
    }

    private DeadlineEntry? TakeDue()
    {
        lock (_gate)
        {
            DeadlineEntry? first = _heap[1];
            if (first is not null && first.Due <= Now) Remove(first);
            else first = null;
            SetWakeUp(_heap[1]?.Due ?? Never);      // before the entry's work, which may take long: another thread of the clock goes on
            return first;
        }
    }

    private void SetWakeUp(long due)
    {
        if (due == _wakeUp) return;
        _wakeUp = due;
        if (due != Never) WakeAt(due);
    }

    private void Remove(DeadlineEntry entry)
    {
        int hole = entry.Place;
        DeadlineEntry last = _heap[_count]!;
        _heap[_count--] = null;
        entry.Place = 0;
        if (last == entry) return;
        if (hole > 1 && last.Due < _heap[hole / 2]!.Due) Rise(last, hole);
        else Sink(last, hole);
    }

    private void Rise(DeadlineEntry entry, int hole)
    {
        for (; hole > 1 && entry.Due < _heap[hole / 2]!.Due; hole /= 2) Put(_heap[hole / 2]!, hole);
        Put(entry, hole);
    }

    private void Sink(DeadlineEntry entry, int hole)
    {
        for (int child = 2 * hole; child <= _count; child = 2 * hole)
        {
            if (child < _count && _heap[child + 1]!.Due < _heap[child]!.Due) child++;
            if (entry.Due <= _heap[child]!.Due) break;
            Put(_heap[child]!, hole);
            hole = child;
        }

        Put(entry, hole);
    }

    private void Put(DeadlineEntry entry, int place)
    {
        _heap[place] = entry;
        entry.Place = place;
    }
}
