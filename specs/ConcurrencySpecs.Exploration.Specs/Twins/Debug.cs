using ConcurrencySpecs.Exploration.Scheduling;
using ConcurrencySpecs.Exploration.Search;
using ConcurrencySpecs.Exploration.Twins;
using SpinLock = ConcurrencySpecs.Exploration.Twins.SpinLock;
public sealed class Dbg
{
    sealed class Box { public SpinLock Lock = new(true); }
    [Fact] public void d()
    {
        foreach (var st in new Strategy[]{new Dpor(), new Naive(), new NoSwitch(), new RandomWalk(5)}) {
        var r = Run.Under(st, () => {
            var gate = new Box(); int count = 0;
            void Add() { bool taken = false; ConcurrencySpecs.Exploration.Hooks.Memory.At(1); gate.Lock.Enter(ref taken); count++;  ConcurrencySpecs.Exploration.Hooks.Memory.At(2);gate.Lock.Exit(); }
            Exploring.Together(Add, Add);
        }, 5000);
        Console.WriteLine(st.GetType().Name+" "+r.Schedules + " red " + r.Redundant + " steps " + r.Steps + " " + r.StoppedBy + " " + r.Exhausted + " " + r.Failure?.Message + " " + r.Elapsed);
        }
    }
}
