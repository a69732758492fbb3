namespace ScalarRestore.HelpBuilder;

/// <summary>Says what a page lacks.</summary>
internal static class HelpPageCheck
{
    private const int LeastExamples = 3;

    /// <summary>Compares a page with the cmdlet that it is about.</summary>
    public static void Check(string file, CommandMetadata command, HelpPage page, List<string> faults)
    {
        if (page.Name != command.Name)
            faults.Add($"{file}: the heading is '{page.Name}', the cmdlet {command.Name}.");
        if (page.Synopsis.Count != 1)
            faults.Add($"{file}: the synopsis is one paragraph below the heading.");
        if (page.Description.Count == 0)
            faults.Add($"{file}: there is no description.");
        if (page.Examples.Count < LeastExamples)
            faults.Add($"{file}: {page.Examples.Count} examples; at least {LeastExamples} are due.");
        faults.AddRange(page.Examples.Where(e => e.Code.Count == 0).Select(e => $"{file}: example '{e.Title}' has no code."));
        if (page.Outputs.Count == 0)
            faults.Add($"{file}: there is no output.");
        string[] known = [.. command.Parameters.Select(p => p.Name)];
        faults.AddRange(known.Where(n => page.Parameters.GetValueOrDefault(n) is not { Count: > 0 }).Select(n => $"{file}: -{n} is not described."));
        faults.AddRange(page.Parameters.Keys.Except(known).Select(n => $"{file}: there is no parameter -{n}."));
    }
}
