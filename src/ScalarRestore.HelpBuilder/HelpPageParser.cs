using System.Text.RegularExpressions;

namespace ScalarRestore.HelpBuilder;

/// <summary>
/// Reads a help page. The layout is fixed: <c># Verb-Noun</c> with the synopsis below it, then <c>## Examples</c> (each a <c>###</c>
/// heading, a fenced block and remarks), <c>## Description</c>, <c>## Parameters</c> (each <c>### -Name</c>), <c>## Inputs</c>,
/// <c>## Outputs</c>, <c>## Notes</c>, <c>## Links</c>. One sentence a line; a blank line ends a paragraph. A fence with the word
/// <c>sandbox</c> marks an example that the tests run.
/// </summary>
internal static partial class HelpPageParser
{
    private static readonly string[] Sections = ["Examples", "Description", "Parameters", "Inputs", "Outputs", "Notes", "Links"];

    /// <summary>Reads the lines of a page and adds what is wrong with them to the faults, with file and line.</summary>
    public static HelpPage Parse(string file, string[] lines, List<string> faults)
    {
        var page = new HelpPage();
        string section = "";
        List<string>? paragraphs = null;
        bool open = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            void Fault(string message) => faults.Add($"{file}({i + 1}): {message}");
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                i = ReadCode(page, section, lines, i, Fault);
                open = false;
            }
            else if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                (paragraphs, open) = (Begin(page, section, line[4..], Fault), false);
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..];
                (paragraphs, open) = (ParagraphsOf(page, section, Fault), false);
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                page.Name = line[2..];
                (paragraphs, open) = (page.Synopsis, false);
            }
            else if (line.Length == 0)
            {
                open = false;
            }
            else if (section is "Inputs" or "Outputs" or "Links")
            {
                AddItem(page, section, line, Fault);
            }
            else if (paragraphs is null)
            {
                Fault($"text outside of a paragraph: '{line}'");
            }
            else
            {
                open = AddLine(paragraphs, line, open);
            }
        }

        return page;
    }

    private static bool AddLine(List<string> paragraphs, string line, bool open)
    {
        string text = Plain(line);
        bool item = text.StartsWith("- ", StringComparison.Ordinal);
        if (open && !item)
            paragraphs[^1] += " " + text.Trim();
        else
            paragraphs.Add(text.Trim());
        return true;
    }

    private static List<string>? ParagraphsOf(HelpPage page, string section, Action<string> fault)
    {
        if (!Sections.Contains(section))
            fault($"there is no section '{section}'; there are {string.Join(", ", Sections)}");
        return section switch
        {
            "Description" => page.Description,
            "Notes" => page.Notes,
            _ => null,
        };
    }

    private static List<string>? Begin(HelpPage page, string section, string heading, Action<string> fault)
    {
        switch (section)
        {
            case "Examples":
                page.Examples.Add(new HelpExample(heading, [], []));
                return page.Examples[^1].Remarks;
            case "Parameters" when heading.StartsWith('-'):
                return page.Parameters[heading[1..]] = [];
            default:
                fault($"a heading '{heading}' has no place here");
                return null;
        }
    }

    private static int ReadCode(HelpPage page, string section, string[] lines, int start, Action<string> fault)
    {
        int end = Array.FindIndex(lines, start + 1, l => l.StartsWith("```", StringComparison.Ordinal));
        if (end < 0 || section != "Examples" || page.Examples.Count == 0)
        {
            fault("code belongs into an example and ends with ```");
            return end < 0 ? lines.Length : end;
        }

        List<string> code = page.Examples[^1].Code;
        if (code.Count > 0)
            code.Add("");
        code.AddRange(lines[(start + 1)..end]);
        return end;
    }

    private static void AddItem(HelpPage page, string section, string line, Action<string> fault)
    {
        if (section == "Links" && LinkItem().Match(line) is { Success: true } link)
        {
            string target = link.Groups["target"].Value;
            page.Links.Add(new HelpLink(link.Groups["text"].Value, target.EndsWith(".md", StringComparison.Ordinal) ? null : target));
        }
        else if (section != "Links" && TypeItem().Match(line) is { Success: true } type)
        {
            (section == "Inputs" ? page.Inputs : page.Outputs).Add(new HelpType(type.Groups["name"].Value, Plain(type.Groups["text"].Value)));
        }
        else
        {
            fault($"not an item of {section}: '{line}'");
        }
    }

    // Get-Help shows plain text.
    private static string Plain(string text) => Link().Replace(Strong().Replace(text, "$1"), "$1").Replace("`", "");

    [GeneratedRegex(@"^- \[(?<text>[^\]]+)\]\((?<target>[^)]+)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkItem();

    [GeneratedRegex(@"^- `(?<name>[^`]+)`: (?<text>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeItem();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*([^*]+)\*\*", RegexOptions.None, 1000)]
    private static partial Regex Strong();
}
