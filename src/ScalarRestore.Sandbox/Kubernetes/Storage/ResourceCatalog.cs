using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>What is served now: the built-in resources and those of the CustomResourceDefinitions in the store.</summary>
internal sealed class ResourceCatalog
{
    private IReadOnlyList<ResourceType> _types = BuiltInTypes.List;

    public IReadOnlyList<ResourceType> Types => Volatile.Read(ref _types);

    public ResourceType? Find(string group, string version, string plural) =>
        Types.FirstOrDefault(type => type.Plural == plural && type.Group == group && type.Version == version);

    public ResourceType? FindKind(string apiVersion, string kind) =>
        Types.FirstOrDefault(type => type.Kind == kind && type.ApiVersion == apiVersion);

    public ResourceType? FindKey((string Group, string Plural) key) => Types.FirstOrDefault(type => type.Key == key);

    /// <summary>Reads the definitions anew; called after any of them changed.</summary>
    public void Refresh(IEnumerable<JsonObject> definitions) =>
        Volatile.Write(ref _types, [.. BuiltInTypes.List, .. definitions.SelectMany(Read)]);

    private static IEnumerable<ResourceType> Read(JsonObject definition)
    {
        var names = definition.MapAt("spec", "names");
        foreach (var version in definition.ItemsAt("spec", "versions").Where(version => version.FlagAt("served")))
        {
            var kind = names.TextAt("kind") ?? "";
            List<string> subresources = [];
            if (version.At("subresources", "scale") is not null)
            {
                subresources.Add("scale");
            }

            if (version.At("subresources", "status") is not null)
            {
                subresources.Add("status");
            }

            yield return new ResourceType(
                definition.TextAt("spec", "group") ?? "",
                version.TextAt("name") ?? "",
                names.TextAt("plural") ?? "",
                kind,
                definition.TextAt("spec", "scope") == "Namespaced")
            {
                Singular = names.TextAt("singular") ?? kind.ToLowerInvariant(),
                ShortNames = [.. names.TextsAt("shortNames")],
                Categories = [.. names.TextsAt("categories")],
                Subresources = subresources,
                HasGeneration = true,
                IsCustom = true,
                PrinterColumns = version.At("additionalPrinterColumns") as JsonArray,
                ReplicasPath = version.TextAt("subresources", "scale", "specReplicasPath"),
            };
        }
    }
}
