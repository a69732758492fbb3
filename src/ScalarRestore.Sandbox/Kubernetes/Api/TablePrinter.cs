using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Turns objects into the Table that <c>kubectl get</c> prints.</summary>
internal static class TablePrinter
{
    /// <summary>Makes a table.</summary>
    /// <param name="type">The resource.</param>
    /// <param name="items">The rows.</param>
    /// <param name="version">The list's resource version.</param>
    /// <param name="include">Metadata, Object or None: what each row carries of its object.</param>
    /// <param name="now">Ages are counted to this instant.</param>
    /// <param name="headings">Later tables of a watch carry none.</param>
    public static JsonObject Print(
        ResourceType type,
        IEnumerable<JsonObject> items,
        string version,
        string? include,
        DateTimeOffset now,
        bool headings = true)
    {
        var columns = Columns.Of(type);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = new JsonObject { ["resourceVersion"] = version },
            ["columnDefinitions"] = headings ? new JsonArray([.. columns.Select(column => column.ToDefinition())]) : [],
            ["rows"] = new JsonArray([.. items.Select(item => Row(columns, item, include, now))]),
        };
    }

    public static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Row(IReadOnlyList<Column> columns, JsonObject item, string? include, DateTimeOffset now)
    {
        var row = new JsonObject { ["cells"] = new JsonArray([.. columns.Select(column => column.Cell(item, now))]) };
        switch (include)
        {
            case "Object":
                row["object"] = item.DeepClone();
                break;
            case "None":
                break;
            default:
                row["object"] = new JsonObject
                {
                    ["kind"] = "PartialObjectMetadata",
                    ["apiVersion"] = "meta.k8s.io/v1",
                    ["metadata"] = item["metadata"]?.DeepClone(),
                };
                break;
        }

        return row;
    }
}
