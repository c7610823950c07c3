using System.Runtime.CompilerServices;
using ConcurrencySpecs.Exploration.Scheduling;

namespace ConcurrencySpecs.Exploration.Search.Figures;

/// <summary>The programs whose exploration is measured, written as rewritten code behaves.</summary>
internal static class Programs
{
    private sealed class Box
    {
        public int Value;
    }

    private sealed class Node(int value, Node? next)
    {
        public readonly int Value = value;
        public Node? Next = next;
    }

    private static Execution X => Execution.Current!;

    /// <summary>Two threads, three unprotected increments each.</summary>
    public static void RacyIncrements()
    {
        var box = new Box();
        Together(Increment, Increment);
        void Increment()
        {
            for (int i = 0; i < 3; i++)
            {
                X.Memory(ref Unsafe.As<int, byte>(ref box.Value), StepKind.Read, Access.Read, 0);
                int value = box.Value;
                X.Memory(ref Unsafe.As<int, byte>(ref box.Value), StepKind.Write, Access.Write, 0);
                box.Value = value + 1;
            }
        }
    }

    /// <summary>A lock-free stack, two threads: each pushes one item and pops one, two operations for each (78 schedules cover it).</summary>
    public static void Treiber()
    {
        Node? top = null;
        Together(() => Use(1), () => Use(2));
        void Use(int value)
        {
            Push(value);
            _ = Pop();
        }

        void Push(int value)
        {
            while (true)
            {
                X.Memory(ref Unsafe.As<Node?, byte>(ref top), StepKind.VolatileRead, Access.Read, 1);
                Node? seen = top;
                var node = new Node(value, seen);
                X.Memory(ref Unsafe.As<Node?, byte>(ref top), StepKind.Update, Access.Write, 2);
                if (ReferenceEquals(top, seen))
                {
                    top = node;
                    return;
                }
                X.Unchanged();
            }
        }

        int Pop()
        {
            while (true)
            {
                X.Memory(ref Unsafe.As<Node?, byte>(ref top), StepKind.VolatileRead, Access.Read, 3);
                Node? seen = top;
                if (seen is null) return 0;
                Node? next = seen.Next;
                X.Memory(ref Unsafe.As<Node?, byte>(ref top), StepKind.Update, Access.Write, 4);
                if (ReferenceEquals(top, seen))
                {
                    top = next;
                    return seen.Value;
                }
                X.Unchanged();
            }
        }
    }

    /// <summary>A queue of one place under a monitor, two producers and two consumers of two items each.</summary>
    public static void BoundedQueue()
    {
        var monitor = new MiniMonitor();
        var items = new Queue<int>();
        Together(Produce, Produce, Consume, Consume);
        void Produce()
        {
            for (int i = 0; i < 2; i++)
            {
                monitor.Enter();
                while (items.Count == 1) monitor.Wait();
                items.Enqueue(i);
                monitor.PulseAll();
                monitor.Exit();
            }
        }

        void Consume()
        {
            for (int i = 0; i < 2; i++)
            {
                monitor.Enter();
                while (items.Count == 0) monitor.Wait();
                _ = items.Dequeue();
                monitor.PulseAll();
                monitor.Exit();
            }
        }
    }

    /// <summary>Two threads, three critical sections each.</summary>
    public static void Locks()
    {
        var monitor = new MiniMonitor();
        int sum = 0;
        Together(Add, Add);
        void Add()
        {
            for (int i = 0; i < 3; i++)
            {
                monitor.Enter();
                sum++;
                monitor.Exit();
            }
        }
    }

    /// <summary>Nineteen threads write two places in one order; one sees the second without the first (the shape of SCTBench's reorder-20).</summary>
    public static void Reorder() => Reorder(19);

    /// <summary>The same with so many writers.</summary>
    public static void Reorder(int writers)
    {
        Box first = new(), second = new();
        Together([.. Enumerable.Repeat<Action>(Set, writers), Check]);
        void Set()
        {
            Write(first, 1, 1);
            Write(second, -1, 2);
        }

        void Check()
        {
            int x = Read(first, 3), y = Read(second, 4);
            if (x == 0 != (y == 0)) throw new InvalidOperationException($"{x}, {y}");
        }
    }

    /// <summary>Nineteen threads write two places under a lock each; one sees the first and not yet the second (SCTBench's two-stage-20).</summary>
    public static void TwoStage() => TwoStage(19);

    /// <summary>The same with so many writers.</summary>
    public static void TwoStage(int writers)
    {
        Box first = new(), second = new();
        MiniMonitor one = new(), two = new();
        Together([.. Enumerable.Repeat<Action>(Set, writers), Check]);
        void Set()
        {
            one.Enter();
            Write(first, 1, 1);
            one.Exit();
            two.Enter();
            Write(second, Read(first, 2) + 1, 3);
            two.Exit();
        }

        void Check()
        {
            one.Enter();
            int x = Read(first, 4);
            one.Exit();
            if (x == 0) return;
            two.Enter();
            int y = Read(second, 5);
            two.Exit();
            if (y != x + 1) throw new InvalidOperationException($"{x}, {y}");
        }
    }

    private static int Read(Box box, int line)
    {
        X.Memory(ref Unsafe.As<int, byte>(ref box.Value), StepKind.Read, Access.Read, line);
        return box.Value;
    }

    private static void Write(Box box, int value, int line)
    {
        X.Memory(ref Unsafe.As<int, byte>(ref box.Value), StepKind.Write, Access.Write, line);
        box.Value = value;
    }

    /// <summary>One thread, a million volatile reads of a hundred places: so many that beginning and ending the execution is no part of the figure.</summary>
    public static void Points()
    {
        int[] places = new int[100];
        Execution x = X;
        for (int round = 0; round < 10_000; round++)
            for (int i = 0; i < places.Length; i++) x.Memory(ref Unsafe.As<int, byte>(ref places[i]), StepKind.VolatileRead, Access.Read, i);
    }

    private static void Together(params Action[] bodies)
    {
        Execution x = X;
        var threads = new LogicalThread[bodies.Length];
        for (int i = 0; i < bodies.Length; i++) threads[i] = x.Spawn(bodies[i]);
        x.Join(threads);
    }
}
