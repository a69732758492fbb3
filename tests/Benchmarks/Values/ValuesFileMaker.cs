using System.Globalization;
using System.Text;

namespace ScalarRestore.Benchmarks.Values;

/// <summary>Makes large values files.</summary>
internal static class ValuesFileMaker
{
    /// <summary>The kinds by name: each makes a text of about so many characters that names an endpoint.</summary>
    public static IReadOnlyList<(string Name, Func<int, string, string> Make)> Kinds { get; } = [("mixed", Mixed), ("block", Block), ("keys", Keys)];

    private static string Mixed(int length, string host)
    {
        var text = Head(host).Append("  extraVolumes: []\n");
        for (var i = 0; text.Length < length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"dashboard{i}:\n  title: \"Panel {i}\"\n  enabled: true\n  json: |\n");
            for (var j = 0; j < 40; j++)
                text.Append(CultureInfo.InvariantCulture, $"    {{\"id\": {j}, \"type\": \"graph\", \"title\": \"requests per second of {i}\", \"span\": 12}},\n");
        }

        return text.ToString();
    }

    private static string Block(int length, string host)
    {
        var text = Head(host);
        for (var i = 0; text.Length < length; i++)
            text.Append(CultureInfo.InvariantCulture, $"    some.property.number{i}=a value that is as long as such values are\n");

        return text.ToString();
    }

    private static string Keys(int length, string host)
    {
        var text = Head(host).Append("other:\n");
        for (var i = 0; text.Length < length; i++)
            text.Append(CultureInfo.InvariantCulture, $"  key{i}: \"value {i} of a few words\" # note\n");

        return text.ToString();
    }

    private static StringBuilder Head(string host) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"scalardb:\n  databaseProperties: |\n    scalar.db.storage=jdbc\n    scalar.db.contact_points=jdbc:mysql://{host}:3306/\n"));
}
