using FsCheck;
using FsCheck.Fluent;

/// <summary>Properties inside facts: quiet while they hold, FsCheck's shrunk case and seed when they do not.</summary>
internal static class Spec
{
    private static readonly Config _quiet = Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    public static void ForAll<T>(Func<T, bool> holds) => Check.One(_quiet, Prop.ForAll(holds));

    public static void ForAll<T>(Action<T> asserts) => Check.One(_quiet, Prop.ForAll(asserts));
}
