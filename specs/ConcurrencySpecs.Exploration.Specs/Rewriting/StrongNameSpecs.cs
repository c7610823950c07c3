using System.Reflection;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Rewriting;
using ConcurrencySpecs.Signed.Friend;

public sealed class A_strong_named_assembly
{
    [Fact]
    public void shows_its_friend_what_it_showed_it_before() => Assert.True(Explore.Every(FriendOfSigned.AddsTwiceAtOnce).Exhausted);

    [Fact]
    public void is_rewritten_with_its_friend()
    {
        var failed = Assert.Throws<ExplorationFailedException>(() => Explore.Every(FriendOfSigned.AddsTwice));
        Assert.Contains("SignedCounter.cs:", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void keeps_its_name()
    {
        Assembly friend = typeof(FriendOfSigned).Assembly;
        TwinContext context = TwinContext.Rent(friend, ExplorationOptions.Default);
        Assembly twin = context.LoadFromAssemblyName(friend.GetName());
        context.Return();
        Assert.NotEmpty(friend.GetName().GetPublicKeyToken()!);
        Assert.Equal(friend.FullName, twin.FullName);
        Assert.NotSame(friend, twin);
    }
}
