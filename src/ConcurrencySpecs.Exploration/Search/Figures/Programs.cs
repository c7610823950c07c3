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

    /// <summary>A lock-free stack, two threads: each pushes and pops two times.</summary>
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

    /// <summary>One thread, fifty thousand volatile reads of a hundred places.</summary>
    public static void Points()
    {
        int[] places = new int[100];
        Execution x = X;
        for (int i = 0; i < 50_000; i++) x.Memory(ref Unsafe.As<int, byte>(ref places[i % 100]), StepKind.VolatileRead, Access.Read, i % 100);
    }

    private static void Together(params Action[] bodies)
    {
        Execution x = X;
        var threads = new LogicalThread[bodies.Length];
        for (int i = 0; i < bodies.Length; i++) threads[i] = x.Spawn(bodies[i]);
        x.Join(threads);
    }
}
