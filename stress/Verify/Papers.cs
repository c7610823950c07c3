namespace ConcurrencySpecs.Stress.Verify;

/// <summary>What a run is to leave behind for programs, and the READMEs it is to agree with.</summary>
/// <param name="Json">Where the JSON report goes; null: nowhere.</param>
/// <param name="Markdown">Where the matrix goes; null: nowhere.</param>
/// <param name="Readmes">The files whose matrix must be the one of the run.</param>
internal sealed record Papers(string? Json, string? Markdown, IReadOnlyList<string> Readmes)
{
    public const string StandardOutput = "-";

    /// <summary>True when the standard output carries one of them, so that tables have to go elsewhere.</summary>
    public bool TakeTheOutput => Json == StandardOutput || Markdown == StandardOutput;

    /// <summary>Finds before the run what would only fail after it.</summary>
    /// <exception cref="UsageException">A file cannot be there, has no matrix, or cannot be compared with a part of the house.</exception>
    public void Check(Plan plan)
    {
        if (Json == StandardOutput && Markdown == StandardOutput)
            throw new UsageException("--json - and --markdown would both write to the standard output. Give one of them a FILE.");
        foreach (string file in new[] { Json, Markdown }.OfType<string>().Where(file => file != StandardOutput))
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is not { } folder || !Directory.Exists(folder))
                throw new UsageException($"'{file}' cannot be written: its folder does not exist. Create the folder first.");
        bool intoReadme = Markdown is not (null or StandardOutput) && File.Exists(Markdown) && MatrixSection.In(File.ReadAllText(Markdown)) is not null;
        if ((Readmes.Count > 0 || intoReadme) && !plan.IsWhole)
            throw new UsageException(
                "The matrix of a README is about everything, and --only and --engine leave something out. Leave them away, or write the matrix elsewhere.");
        foreach (string readme in Readmes)
        {
            if (!File.Exists(readme)) throw new UsageException($"--check-markdown: there is no file '{readme}'.");
            if (MatrixSection.In(File.ReadAllText(readme)) is null)
                throw new UsageException(
                    $"--check-markdown: '{readme}' has no matrix. "
                    + $"Add the lines {MatrixSection.Begin} and {MatrixSection.End}, then run `verify --markdown {readme}`.");
        }
    }

    /// <summary>Writes them; the matrix only of a run that came to its end, because what was not run would look like what could not be.</summary>
    public void Write(VerifyReport report, TextWriter output, TextWriter error)
    {
        if (Json is not null) Write(Json, JsonRenderer.Render(report) + "\n", output);
        if (Markdown is null) return;
        if (report.Interrupted)
        {
            error.WriteLine("The matrix was not written, because the run was interrupted.");
            return;
        }

        string matrix = MarkdownRenderer.Render(report);
        Write(Markdown, Markdown != StandardOutput && File.Exists(Markdown) ? MatrixSection.Put(File.ReadAllText(Markdown), matrix) : matrix, output);
    }

    /// <summary>True when a README shows another matrix than the report's; <paramref name="error"/> is told which, and what to do.</summary>
    public bool Stale(VerifyReport report, TextWriter error)
    {
        string[] stale = [.. Readmes.Where(readme => MatrixSection.In(File.ReadAllText(readme)) != MarkdownRenderer.Render(report))];
        foreach (string readme in stale)
            error.WriteLine(
                $"The matrix in {readme} is stale: it is not the one of this run. "
                + $"Bring it up to date with `dotnet run -c Release --project stress -- verify --markdown {readme}`.");
        return stale.Length > 0;
    }

    private static void Write(string where, string text, TextWriter output)
    {
        if (where == StandardOutput) output.Write(text);
        else File.WriteAllText(where, text);
    }
}
