using System.Text.RegularExpressions;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Workloads;

/// <summary>Finds where a chart puts values, in what it rendered. The rules were read off the charts of all released versions.</summary>
internal sealed partial class RenderedPlaces(ChartProfile profile, HelmReleaseRecord record, ReleaseManifest manifest)
{
    private const string Prefix = "HELM_";
    private const string Variables = "HELM_SCALAR_DB_";
    private const string PasswordVariable = "HELM_SCALAR_DB_PASSWORD";

    private readonly bool _hasProperties = !Version.TryParse(Plain(record.ChartVersion), out var version) || version >= profile.PropertiesSince;

    /// <summary>The place of the value at a key; null if it cannot be found.</summary>
    public RenderedPlace? Find(string key)
    {
        if (key == profile.PropertiesKey)
            return _hasProperties ? Properties(key, null) : null;

        var variable = Variable(key);
        if (variable is null)
            return null;

        // The oldest charts of ScalarDB Server write the properties themselves, the password too.
        if (!_hasProperties && profile.OldConfigMapSuffix is not null)
            return Properties(key, $"scalar.db.{variable[Variables.Length..].ToLowerInvariant()}");

        return variable == PasswordVariable ? Secret(key) : Environment(key, variable);
    }

    /// <summary>What <see cref="Find"/> looks for, in words.</summary>
    public string Describe(string key)
    {
        if (key == profile.PropertiesKey && _hasProperties)
            return $"a ConfigMap with {profile.PropertiesFile}";

        if (Variable(key) is not { } variable)
            return $"nothing that chart {record.Chart} {record.ChartVersion} is known to make of it";

        if (!_hasProperties && profile.OldConfigMapSuffix is not null)
            return $"a ConfigMap with {profile.PropertiesFile} and a line for it";

        return variable == PasswordVariable
            ? $"the Secret that feeds {Name(variable)} of container {profile.Container}, made by the chart"
            : $"the variable {Name(variable)} of container {profile.Container}";
    }

    /// <summary>The value of the pod template's annotation that rolls the pods when the properties change; null if the chart has none.</summary>
    public YamlItem? Checksum => manifest.Deployment(profile)?.Root.At("spec", "template", "metadata", "annotations", RenderedValues.ChecksumKey);

    private string? Variable(string key) => key == ValuesProfiles.Of(profile.Product).PasswordKey
        ? PasswordVariable
        : profile.OldKeys.Where(pair => pair.Value == key).Select(pair => pair.Key).FirstOrDefault();

    /// <summary>Before the charts had properties, their variables had no prefix.</summary>
    private string Name(string variable) => _hasProperties ? variable : variable[Prefix.Length..];

    private RenderedPlace? Properties(string key, string? property)
    {
        foreach (var document in manifest.Documents.Where(document => document.Kind == "ConfigMap"))
        {
            if (document.Root["data"] is not { } data)
                continue;

            foreach (var entry in new[] { profile.PropertiesFile, profile.PropertiesFile + ".tmpl" })
            {
                if (data[entry] is not { Map: null, List: null, Alias: null } item || (property is not null && PropertyLine.Find(item.Text ?? "", property) is null))
                    continue;

                return new RenderedPlace { Key = key, Kind = RenderedKind.ConfigMap, Document = document, Map = data, Item = item, Entry = entry, Property = property };
            }
        }

        return null;
    }

    private RenderedPlace? Environment(string key, string variable)
    {
        var name = Name(variable);
        return Entry(name) is var (document, entry) && entry["value"] is { Map: null, List: null, Alias: null } item
            ? new RenderedPlace { Key = key, Kind = RenderedKind.Variable, Document = document, Map = entry, Item = item, Entry = name }
            : null;
    }

    private RenderedPlace? Secret(string key)
    {
        var reference = Entry(Name(PasswordVariable))?.Entry.At("valueFrom", "secretKeyRef");
        if (reference?["name"]?.Text is not { } name || reference["key"]?.Text is not { } entry)
            return null;

        var document = manifest.Documents.FirstOrDefault(document => document.Kind == "Secret" && document.Name == name);
        return document?.Root["data"] is { } data && data[entry] is { Map: null, List: null, Alias: null } item
            ? new RenderedPlace { Key = key, Kind = RenderedKind.Secret, Document = document, Map = data, Item = item, Entry = entry }
            : null;
    }

    private (ManifestDocument Document, YamlItem Entry)? Entry(string variable)
    {
        if (manifest.Deployment(profile) is not { } deployment)
            return null;

        var container = deployment.Root.At("spec", "template", "spec", "containers")?.List?.FirstOrDefault(one => one["name"]?.Text == profile.Container);
        return container?["env"]?.List?.FirstOrDefault(one => one["name"]?.Text == variable) is { } entry ? (deployment, entry) : null;
    }

    private static string Plain(string? version) => Suffix().Replace(version ?? "", "");

    [GeneratedRegex("[-+].*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suffix();
}
