namespace ConcurrencySpecs.Processes;

/// <summary>What becomes of a child when its parent ends. Whichever is chosen: a parent that is killed takes its children with it.</summary>
public enum ChildLifetime
{
    /// <summary>A parent that comes to its own end waits for the child first.</summary>
    AwaitedByParent,

    /// <summary>The child is killed when the parent comes to its end.</summary>
    KilledWithParent,
}
