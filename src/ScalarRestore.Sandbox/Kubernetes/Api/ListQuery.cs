using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>What a list or watch asks for: where, which objects, in which form, how many.</summary>
internal sealed record ListQuery(ResourceType Type, string Namespace, LabelSelector Labels, FieldSelector Fields, bool AsTable, string? Include)
{
    public int Limit { get; init; }

    /// <summary>The key after which the next page begins.</summary>
    public (string Namespace, string Name)? After { get; init; }

    public string ResourceVersion { get; init; } = "";

    /// <summary>Reads a query string.</summary>
    /// <exception cref="ApiException">400 on a selector or page mark that cannot be read.</exception>
    public static ListQuery Read(HttpRequest request, ResourceType type, RequestTarget target)
    {
        try
        {
            var fields = FieldSelector.Parse(request.Query["fieldSelector"], type);
            var labels = LabelSelector.Parse(request.Query["labelSelector"]);
            return new ListQuery(type, target.Namespace, labels, fields, WantsTable(request), request.Query["includeObject"])
            {
                Limit = int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : 0,
                After = Mark(request.Query["continue"]),
                ResourceVersion = request.Query["resourceVersion"].ToString(),
            };
        }
        catch (FormatException e)
        {
            throw ApiException.BadRequest(e.Message);
        }
    }

    /// <summary>kubectl offers tables first and plain JSON as second choice.</summary>
    public static bool WantsTable(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("as=Table", StringComparison.Ordinal);

    public bool Matches(JsonObject item) =>
        (Namespace.Length == 0 || !Type.Namespaced || item.Namespace() == Namespace) && Labels.Matches(item) && Fields.Matches(item);

    /// <summary>The list as it is now. Called with the store's gate held.</summary>
    public JsonObject Run(ObjectStore store)
    {
        var matching = store.List(Type, Type.Namespaced ? Namespace : "").Where(Matches);
        if (After is { } after)
        {
            matching = matching.SkipWhile(item => !IsAfter(item, after));
        }

        var items = matching.ToList();
        var metadata = new JsonObject { ["resourceVersion"] = TablePrinter.Text(store.Version) };
        if (Limit > 0 && items.Count > Limit)
        {
            var last = items[Limit - 1];
            metadata["continue"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{last.Namespace()}/{last.Name()}"));
            metadata["remainingItemCount"] = items.Count - Limit;
            items = items[..Limit];
        }

        if (AsTable)
        {
            var table = TablePrinter.Print(Type, items.Select(Shown), "", Include, store.Clock.Now);
            table["metadata"] = metadata;
            return table;
        }

        return new JsonObject
        {
            ["kind"] = $"{Type.Kind}List",
            ["apiVersion"] = Type.ApiVersion,
            ["metadata"] = metadata,
            ["items"] = new JsonArray([.. items.Select(item => Shown(item).DeepClone())]),
        };
    }

    /// <summary>An object in the version asked for.</summary>
    public JsonObject Shown(JsonObject item) => Shown(Type, item);

    public static JsonObject Shown(ResourceType type, JsonObject item)
    {
        if (item.TextAt("apiVersion") == type.ApiVersion)
        {
            return item;
        }

        var copy = item.Copy();
        copy["apiVersion"] = type.ApiVersion;
        return copy;
    }

    private static bool IsAfter(JsonObject item, (string Namespace, string Name) mark) =>
        string.CompareOrdinal(item.Namespace(), mark.Namespace) is var order
        && (order > 0 || (order == 0 && string.CompareOrdinal(item.Name(), mark.Name) > 0));

    private static (string Namespace, string Name)? Mark(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split('/') is [var ns, var name]
            ? (ns, name)
            : throw new FormatException("continue key is not valid");
    }
}
