using System.Reflection;

namespace ConcurrencySpecs.Exploration;

/// <summary>The method that called <see cref="Explore"/>: where its replay attribute stands and how it is run again.</summary>
internal sealed class FactUnderTest
{
    private readonly Type? _class;
    private readonly string _method;
    private readonly bool _isFact;

    public FactUnderTest(Delegate body, string method)
    {
        _method = method;
        _class = body.Method.DeclaringType;
        while (_class is { IsNested: true } && _class.Name.StartsWith('<')) _class = _class.DeclaringType;
        MethodInfo[] named = _class is null || method.Length == 0 ? []
            : [.. _class.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(m => m.Name == method)];
        Replay = named.Select(m => m.GetCustomAttribute<ReplayAttribute>()?.Schedule).FirstOrDefault(schedule => schedule is not null);
        _isFact = named.Any(m => m.CustomAttributes.Any(a => Inherits(a.AttributeType, "FactAttribute") || Inherits(a.AttributeType, "TestAttribute")));
    }

    /// <summary>The schedule of the fact's <see cref="ReplayAttribute"/>, or null.</summary>
    public string? Replay { get; }

    /// <summary>A shell command that runs the fact again under one schedule, from the folder of its solution.</summary>
    public string Command(string schedule)
    {
        string set = schedule.Length == 0 ? "" : $"{EnvironmentSettings.ScheduleVariable}='{schedule}' ";
        if (_class is null) return $"{set}, and run the same program again";
        string directory = Path.GetDirectoryName(_class.Assembly.Location) ?? ".";
        if (FolderAbove(directory, "*.csproj") is not { } project) return $"{set}dotnet {Path.GetFileName(_class.Assembly.Location)}{Arguments(" ")}";
        string release = directory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? " -c Release" : "";
        string from = Path.GetRelativePath(FolderAbove(project, "*.sln*") ?? project, project);
        return _isFact ? $"{set}dotnet test --project {from}{release}{Switches(_class.Assembly)} --filter-method \"{_class.FullName}.{_method}\""
            : $"{set}dotnet run --project {from}{release}{Arguments(" -- ")}";
    }

    /// <summary>What a program was started with, as a shell takes it; nothing for one without arguments.</summary>
    public static string Arguments(string lead, params ReadOnlySpan<string> arguments) =>
        arguments.Length == 0 ? "" : lead + string.Join(' ', arguments.ToArray().Select(Quoted));

    private static string Arguments(string lead) => Arguments(lead, Environment.GetCommandLineArgs().AsSpan(1));

    private static string Quoted(string argument) => argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+@%".Contains(c))
        ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>What its project needs on the command line to have its facts, by <c>AssemblyMetadata</c> under "ConcurrencySpecs.TestArguments".</summary>
    private static string Switches(Assembly assembly) => assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(one => one.Key == "ConcurrencySpecs.TestArguments").Select(one => $" {one.Value}").FirstOrDefault("");

    private static bool Inherits(Type? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == name) return true;
        }

        return false;
    }

    // …/Solution/…/Project/bin/Debug/net10.0/ holds the assembly.
    private static string? FolderAbove(string folder, string pattern)
    {
        for (DirectoryInfo? here = new(folder); here is not null; here = here.Parent)
        {
            if (here.EnumerateFiles(pattern).Any()) return here.FullName;
        }

        return null;
    }
}
