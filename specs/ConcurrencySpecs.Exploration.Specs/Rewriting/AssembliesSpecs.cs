using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using ConcurrencySpecs.Exploration;
using ConcurrencySpecs.Exploration.Rewriting;

public sealed class An_assembly
{
    [Fact]
    public void of_the_framework_is_rewritten_on_request_though_it_is_compiled_ahead_and_signed()
    {
        var seen = new Tally<string>();
        ExplorationOptions options = ExplorationOptions.Default.Rewrite("System.Collections");
        ExplorationResult result = Explore.Every(() =>
        {
            var items = new LinkedList<int>([0]);
            Together.Run(() => items.AddLast(1), () => items.AddLast(2));
            seen.Add($"{items.Count}: {string.Join(",", items.Take(3))}");
        }, options);
        Assert.True(result.Exhausted, result.ToString());
        Assert.Contains("3: 0,1,2", seen.Values);
        Assert.Contains("3: 0,2,1", seen.Values);
        Assert.Contains(seen.Values, list => list.StartsWith("2:", StringComparison.Ordinal));      // its count lost an update
    }

    [Fact]
    public void without_a_file_is_refused_by_name()
    {
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Made.At.Run.Time"), AssemblyBuilderAccess.Run);
        TypeBuilder type = assembly.DefineDynamicModule("m").DefineType("T", TypeAttributes.Public);
        type.DefineMethod("Body", MethodAttributes.Public | MethodAttributes.Static).GetILGenerator().Emit(OpCodes.Ret);
        Action body = type.CreateType().GetMethod("Body")!.CreateDelegate<Action>();
        var refused = Assert.Throws<ExplorationRefusedException>(() => { Explore.Every(body); });
        Assert.Contains("Made.At.Run.Time has no file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void loaded_from_bytes_is_refused_by_name()
    {
        var context = new AssemblyLoadContext("bytes");
        Assembly loaded = context.LoadFromStream(new MemoryStream(File.ReadAllBytes(typeof(An_assembly).Assembly.Location)));
        Action body = loaded.GetType(nameof(An_assembly))!.GetMethod(nameof(Nothing), BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Action>();
        Assert.Contains("has no file", Assert.Throws<ExplorationRefusedException>(() => { Explore.Every(body); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void that_is_shared_is_refused_as_the_home_of_a_body()
    {
        Action body = GC.Collect;
        Assert.Contains("System.Private.CoreLib", Assert.Throws<ExplorationRefusedException>(() => { Explore.Every(body); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void is_rewritten_unless_it_is_framework_without_need_test_infrastructure_or_tool()
    {
        var scope = new AssemblyScope(typeof(An_assembly).Assembly, [], []);
        Assert.Equal(
            [
                "ConcurrencySpecs.Exploration.Specs", "ConcurrencySpecs.Signed", "ConcurrencySpecs.Signed.Friend",
                "System.Collections.Concurrent", "System.Linq.AsyncEnumerable", "System.Threading.Channels", "System.Threading.Tasks.Parallel",
            ],
            scope.Twinned.Select(assembly => assembly.GetName().Name).Order(StringComparer.Ordinal));
        Assert.False(scope.IsTwinned(typeof(Explore).Assembly));
        Assert.False(scope.IsTwinned(typeof(Assert).Assembly));
    }

    [Fact]
    public void is_loaded_again_for_each_explorer_and_kept_for_the_next()
    {
        TwinContext one = TwinContext.Rent(typeof(An_assembly).Assembly, ExplorationOptions.Default);
        TwinContext other = TwinContext.Rent(typeof(An_assembly).Assembly, ExplorationOptions.Default);
        Assert.NotSame(one, other);
        Assert.NotEqual(one.Map.Of(typeof(An_assembly)), other.Map.Of(typeof(An_assembly)));
        one.Return();
        other.Return();
    }

    private static void Nothing() { }
}
