using ScalarRestore.Cmdlets.Commands;
using ScalarRestore.HelpBuilder;

// dotnet run --project src/ScalarRestore.HelpBuilder -- <folder with one Markdown file per cmdlet> <XML file to write>
if (args is not [string sourceFolder, string targetFile])
{
    Console.Error.WriteLine("usage: ScalarRestore.HelpBuilder SOURCE-FOLDER TARGET-FILE");
    return 2;
}

List<string> faults = [];
List<(CommandMetadata Command, HelpPage Page)> pages = [];
foreach (CommandMetadata command in CommandMetadata.ReadAll(typeof(GetScalarWorkloadCommand).Assembly))
{
    string file = Path.Combine(sourceFolder, command.Name + ".md");
    if (!File.Exists(file))
    {
        faults.Add($"{file}: missing; {command.Name} has no help.");
        continue;
    }

    HelpPage page = HelpPageParser.Parse(file, File.ReadAllLines(file), faults);
    HelpPageCheck.Check(file, command, page, faults);
    pages.Add((command, page));
}

foreach (string fault in faults)
    Console.Error.WriteLine(fault);
if (faults.Count > 0)
    return 1;

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(targetFile))!);
MamlWriter.Document(pages).Save(targetFile);
Console.WriteLine($"{targetFile}: {pages.Count} cmdlets");
return 0;
