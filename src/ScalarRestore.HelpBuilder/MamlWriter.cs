using System.Xml.Linq;

namespace ScalarRestore.HelpBuilder;

/// <summary>Writes help in the form that Get-Help reads.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The whole file.</summary>
    public static XDocument Document(IEnumerable<(CommandMetadata Command, HelpPage Page)> pages) => new(
        new XDeclaration("1.0", "utf-8", null),
        new XElement(
            Items + "helpItems",
            new XAttribute("schema", "maml"),
            pages.Select(p => CommandElement(WithCommonChoices(p.Command, p.Page), p.Page))));

    // -WhatIf and -Confirm come from SupportsShouldProcess, not from a property.
    private static CommandMetadata WithCommonChoices(CommandMetadata command, HelpPage page)
    {
        if (!command.SupportsShouldProcess)
            return command;
        page.Parameters["WhatIf"] = ["Shows what would be changed, and changes nothing: only reads are sent."];
        page.Parameters["Confirm"] = ["Asks before each change. -Confirm:$false answers yes beforehand; sessions without a prompt need it where the cmdlet asks by itself."];
        var everywhere = new Dictionary<string, ParameterPlace> { [ParameterMetadata.AllSets] = new(false, null, false, false) };
        return command with
        {
            Parameters =
            [
                .. command.Parameters,
                new ParameterMetadata("WhatIf", "SwitchParameter", true, false, ["wi"], everywhere),
                new ParameterMetadata("Confirm", "SwitchParameter", true, false, ["cf"], everywhere),
            ],
        };
    }

    private static XElement CommandElement(CommandMetadata command, HelpPage page) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", command.Name),
            new XElement(Command + "verb", command.Verb),
            new XElement(Command + "noun", command.Noun),
            Text("description", page.Synopsis)),
        Text("description", page.Description),
        new XElement(Command + "syntax", command.Sets.Select(set => SyntaxItem(command, page, set))),
        new XElement(
            Command + "parameters",
            command.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => Parameter(p, p.Places.Values.First(), page, details: true))),
        new XElement(Command + "inputTypes", page.Inputs.Select(t => Type("inputType", t))),
        new XElement(Command + "returnValues", page.Outputs.Select(t => Type("returnValue", t))),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", page.Links.Select(Link)));

    private static XElement SyntaxItem(CommandMetadata command, HelpPage page, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", command.Name),
        from parameter in command.Parameters
        let place = parameter.In(set)
        where place is not null
        orderby place.Position ?? int.MaxValue, !place.Mandatory
        select Parameter(parameter, place, page, details: false));

    private static XElement Parameter(ParameterMetadata parameter, ParameterPlace place, HelpPage page, bool details) => new(
        Command + "parameter",
        new XAttribute("required", place.Mandatory),
        new XAttribute("variableLength", parameter.TypeName.EndsWith("[]", StringComparison.Ordinal)),
        new XAttribute("globbing", parameter.Wildcards),
        new XAttribute("pipelineInput", place.PipelineText),
        new XAttribute("position", place.PositionText),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        Text("description", page.Parameters[parameter.Name]),
        parameter.IsSwitch && !details
            ? null
            : new XElement(Command + "parameterValue", new XAttribute("required", !parameter.IsSwitch), new XAttribute("variableLength", false), parameter.TypeName),
        details ? new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName)) : null,
        details && parameter.IsSwitch ? new XElement(Dev + "defaultValue", "False") : null);

    private static XElement Example(HelpExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"---------- Example {index + 1}: {example.Title} ----------"),
        new XElement(Dev + "code", string.Join('\n', example.Code)),
        new XElement(Dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement Type(string element, HelpType type) => new(
        Command + element,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        Text("description", [type.Text]));

    private static XElement Link(HelpLink link) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Text),
        new XElement(Maml + "uri", link.Address ?? ""));

    private static XElement Text(string element, IEnumerable<string> paragraphs) => new(Maml + element, Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(p => new XElement(Maml + "para", p));
}
