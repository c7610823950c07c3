using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Twins;
using static Exploring;
using Barrier = ConcurrencySpecs.Exploration.Twins.Barrier;
using Interlocked = ConcurrencySpecs.Exploration.Twins.Interlocked;

public sealed class A_barrier_twin
{
    [Fact]
    public void lets_nobody_into_the_next_phase_before_all_have_arrived() => Ends("2 2 1", () =>
    {
        int phases = 0, arrived = 0, a = 0, b = 0;
        var barrier = new Barrier(2, _ => phases++);
        void Work(ref int seen)
        {
            Interlocked.Increment(ref arrived);
            barrier.SignalAndWait();
            seen = arrived;
        }
        Together(() => Work(ref a), () => Work(ref b));
        return $"{a} {b} {phases}";
    });

    [Fact]
    public void that_misses_a_participant_is_found() => Fails(Outcome.Deadlock, () =>
    {
        var barrier = new Barrier(3);
        Together(barrier.SignalAndWait, barrier.SignalAndWait);
    });

    [Fact]
    public void waits_with_a_time_out_for_the_other_or_takes_its_arrival_back() => Ends("False 1 | True 2", () =>
    {
        var barrier = new Barrier(2);
        bool met = false;
        Together(() => met = barrier.SignalAndWait(10), () => barrier.SignalAndWait(10));
        return met ? "True 2" : $"False {(barrier.ParticipantsRemaining == 2 ? 1 : 0)}";
    });

    [Fact]
    public void answers_like_the_real_one()
    {
        Agree(() =>
        {
            var b = new System.Threading.Barrier(1, b => { if (b.CurrentPhaseNumber == 1) throw new FormatException(); });
            return $"{b.SignalAndWait(0)} {b.CurrentPhaseNumber} {Try(() => b.SignalAndWait())} {b.CurrentPhaseNumber} {b.AddParticipant()} " +
                $"{b.SignalAndWait(0)} {b.ParticipantsRemaining} {Try(() => b.RemoveParticipants(3))} {Try(() => b.RemoveParticipants(2))} " +
                $"{b.ParticipantCount} {Try(() => b.SignalAndWait())}";
        }, () =>
        {
            var b = new Barrier(1, b => { if (b.CurrentPhaseNumber == 1) throw new FormatException(); });
            return $"{b.SignalAndWait(0)} {b.CurrentPhaseNumber} {Try(() => b.SignalAndWait())} {b.CurrentPhaseNumber} {b.AddParticipant()} " +
                $"{b.SignalAndWait(0)} {b.ParticipantsRemaining} {Try(() => b.RemoveParticipants(3))} {Try(() => b.RemoveParticipants(2))} " +
                $"{b.ParticipantCount} {Try(() => b.SignalAndWait())}";
        });
    }
}
