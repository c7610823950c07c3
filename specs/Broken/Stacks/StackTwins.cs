using ConcurrencySpecs.Linearizability;
using ConcurrencySpecs.Testing;
using FsCheck.Fluent;

namespace ConcurrencySpecs.Broken.Stacks;

/// <summary>Last in, first out.</summary>
public interface IStack
{
    void Push(int item);

    bool TryPop(out int item);
}

/// <summary>What every stack owes; it begins with two items, so that short programs reach its depths.</summary>
public abstract class StackContract : ConcurrentSpec<IStack, Sequence<int>>
{
    protected override Sequence<int> InitialState => Sequence<int>.Of([1, 2]);

    protected override int Threads => 2;

    protected override IEnumerable<Operation<IStack, Sequence<int>>> Operations =>
    [
        Operation("Push", Gen.Choose(3, 9), Push, (held, item) => (held.Add(item), true)),
        Operation(
            "TryPop", stack => stack.TryPop(out int item) ? item : (int?)null, held => held.Count == 0 ? (held, (int?)null) : (held.RemoveLast(), held[^1])),
    ];

    protected override Operation<IStack, Sequence<int>> LastLook => Operation("drain", Drain, held => (Sequence<int>.Empty, Sequence<int>.Of(held.Reverse())));

    protected static IStack Filled(IStack stack)
    {
        stack.Push(1);
        stack.Push(2);
        return stack;
    }

    private static bool Push(IStack stack, int item)
    {
        stack.Push(item);
        return true;
    }

    private static Sequence<int> Drain(IStack stack)
    {
        const int MoreThanItCanHold = 20;
        var left = Sequence<int>.Empty;
        while (left.Count < MoreThanItCanHold && stack.TryPop(out int item)) left = left.Add(item);
        return left;
    }
}

/// <summary>Treiber, "Systems programming: coping with parallelism", IBM RJ 5118, 1986; each twin overrides one step.</summary>
internal abstract class TreiberTwin : IStack
{
    protected Node? Top;

    public virtual void Push(int item)
    {
        Node node = NewNode(item);
        do node.Below = Volatile.Read(ref Top);
        while (Interlocked.CompareExchange(ref Top, node, node.Below) != node.Below);
    }

    public virtual bool TryPop(out int item)
    {
        while (true)
        {
            item = 0;
            if (Volatile.Read(ref Top) is not { } top) return false;
            Node? below = Volatile.Read(ref top.Below);
            if (Interlocked.CompareExchange(ref Top, below, top) != top) continue;
            item = top.Item;
            Free(top);
            return true;
        }
    }

    protected virtual Node NewNode(int item) => new() { Item = item };

    protected virtual void Free(Node node) { }

    internal sealed class Node
    {
        public int Item;
        public Node? Below;
    }
}

[Broken("uses nodes again, so a top that came back looks as if nothing had happened (ABA)", "Interleavings")]
public sealed class StackThatReusesNodes : StackContract
{
    protected override IStack NewSubject() => Filled(new Twin());

    private sealed class Twin : TreiberTwin
    {
        private Node? _free;

        protected override Node NewNode(int item)
        {
            Node node = Interlocked.Exchange(ref _free, null) ?? new Node();
            node.Item = item;
            return node;
        }

        protected override void Free(Node node) => Interlocked.CompareExchange(ref _free, node, null);
    }
}

[Broken("makes its new node the top by a plain write", "Interleavings")]
public sealed class StackThatPushesPlainly : StackContract
{
    protected override IStack NewSubject() => Filled(new Twin());

    private sealed class Twin : TreiberTwin
    {
        public override void Push(int item) => Volatile.Write(ref Top, new Node { Item = item, Below = Volatile.Read(ref Top) });
    }
}
