using System.Globalization;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Workloads;

/// <summary>The rendered documents of a release. Changes are spliced into the text, so that all the rest stays as helm rendered it.</summary>
internal sealed class ReleaseManifest
{
    private readonly string _text;
    private readonly string _release;

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="RestoreException"><c>ReleaseUnreadable</c>.</exception>
    public ReleaseManifest(string text, string release)
    {
        _text = text;
        _release = release;
        Documents = Split(text, release);
    }

    /// <summary>The text.</summary>
    public string Text => _text;

    /// <summary>All objects.</summary>
    public IReadOnlyList<ManifestDocument> Documents { get; }

    /// <summary>The Deployment whose pods are the product's; null if there is none.</summary>
    public ManifestDocument? Deployment(ChartProfile profile) =>
        Documents.FirstOrDefault(document => document.Kind == "Deployment" && document.PodAppLabel == profile.AppLabel);

    /// <summary>The number of pods that the product's Deployment asks for; null if it does not say.</summary>
    public int? Replicas(ChartProfile profile) =>
        int.TryParse(Deployment(profile)?.Root.At("spec", "replicas")?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas)
            ? replicas
            : null;

    /// <summary>The manifest's text with another number of pods for the product's Deployment, and no other change.</summary>
    public string WithReplicas(ChartProfile profile, int replicas)
    {
        var deployment = Deployment(profile) ?? throw NoDeployment(profile);
        var number = replicas.ToString(CultureInfo.InvariantCulture);
        if (deployment.Root.At("spec", "replicas") is { } present)
            return string.Concat(_text.AsSpan(0, deployment.Offset + present.Start), number, _text.AsSpan(deployment.Offset + present.End));

        var spec = deployment.Root["spec"] is { Map.Count: > 0 } map ? map : throw NoDeployment(profile);

        // No number in the text: it goes right before the first key of the spec, at the same indent.
        var at = deployment.Offset + spec.Start;
        return string.Concat(_text.AsSpan(0, at), $"replicas: {number}\n{new string(' ', spec.Column - 1)}", _text.AsSpan(at));
    }

    /// <summary>The fault for a release that lacks what its chart always makes.</summary>
    private RestoreException NoDeployment(ChartProfile profile) => new(
        "DeploymentNotFound",
        FaultCategory.ObjectNotFound,
        $"The manifest of release {_release} has no Deployment whose pods are labelled app.kubernetes.io/app={profile.AppLabel}.",
        _release,
        "Check that the release was made by Scalar's own chart.");

    private static List<ManifestDocument> Split(string text, string release)
    {
        var documents = new List<ManifestDocument>();
        var start = 0;
        while (start < text.Length)
        {
            var end = NextSeparator(text, start);
            Add(documents, text, start, end, release);
            start = end >= text.Length ? end : LineEnd(text, end);
        }

        return documents;
    }

    private static void Add(List<ManifestDocument> documents, string text, int start, int end, string release)
    {
        try
        {
            if (YamlReader.Read(text[start..end], YamlBudget.Manifest) is { Map: not null } root)
                documents.Add(new ManifestDocument(start, end, root));
        }
        catch (YamlFault e)
        {
            var before = text.AsSpan(0, start).Count('\n');
            throw new RestoreException(
                "ReleaseUnreadable",
                FaultCategory.ParserError,
                $"The manifest of release {release} cannot be read: {e.Message} (line {before + e.Line}, column {e.Column}).",
                release,
                "Look at it with 'helm get manifest'.",
                e);
        }
    }

    /// <summary>The next line that begins with three dashes; the text's end if there is none.</summary>
    private static int NextSeparator(string text, int from)
    {
        for (var at = from; at < text.Length; at = LineEnd(text, at))
        {
            if (text.AsSpan(at).StartsWith("---", StringComparison.Ordinal) && (at + 3 == text.Length || char.IsWhiteSpace(text[at + 3])))
                return at;
        }

        return text.Length;
    }

    private static int LineEnd(string text, int from)
    {
        var newline = text.IndexOf('\n', from);
        return newline < 0 ? text.Length : newline + 1;
    }
}
