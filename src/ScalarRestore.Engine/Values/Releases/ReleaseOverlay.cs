using System.Text.Json.Nodes;
using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Values.Plans;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Values.Releases;

/// <summary>The values that a release gets so that it follows a restore. Pure.</summary>
internal static class ReleaseOverlay
{
    /// <summary>Reads the values that a release was given.</summary>
    public static ValuesDocument Document(HelmReleaseRecord record, string release) =>
        ValuesDocument.Read(new ValuesSource($"the values of release {release}", ReleaseText.Write(record.Config), IsProperties: false));

    /// <summary>The texts at some keys, as the last of the documents that has one sets it.</summary>
    /// <exception cref="RestoreException"><c>ValuesKeyMissing</c>.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<ValuesDocument> documents, IReadOnlyList<string> keys)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            texts[key] = documents.Reverse().Select(document => document.Find(key)?.Text).FirstOrDefault(text => text is not null)
                ?? throw new RestoreException(
                    "ValuesKeyMissing",
                    FaultCategory.InvalidData,
                    $"{string.Join(", ", documents.Select(document => document.Source.Name))}: {key} is not there any more; it was when the values were updated.",
                    key,
                    "Bring the file back, or run Update-ScalarValues again, then Start-ScalarWorkload.");
        }

        return texts;
    }

    /// <summary>
    /// Requires that a release that is given these texts beside its own values then names the new endpoints and no old one, since what a file
    /// says counts for nothing where the release has other values in front of it.
    /// </summary>
    /// <exception cref="RestoreException"><c>ReleaseDiffers</c>.</exception>
    public static void Require(
        HelmReleaseRecord record, string release, ValuesProfile profile, IReadOnlyDictionary<string, string> texts, IReadOnlyList<EndpointMove> moves, ProductFacts facts)
    {
        var given = record.Copy();
        foreach (var (key, text) in texts)
            ChartValues.Set(given.Config, key, JsonValue.Create(text));

        var plan = ValuesPlanner.Plan([Document(given, release)], new ValuesContext { Moves = moves, Includes = one => one == profile, Facts = _ => facts });
        var left = plan.Points.FirstOrDefault(point => point.Moves);

        // What a variable stands for is not known to everybody who asks; it was when the values were updated.
        var missed = plan.Points.Any(point => point.Unresolved.Count > 0) ? null : moves.FirstOrDefault(move => !plan.Points.Any(point => point.Follows.Contains(move)));
        if (left is null && missed is null)
            return;

        var seen = plan.Points.Count == 0 ? "it names no endpoint at all" : string.Join("; ", plan.Points.Select(point => $"{point.Place.Name} is '{point.Shown}'"));
        throw new RestoreException(
            "ReleaseDiffers",
            FaultCategory.InvalidData,
            $"With {(texts.Count == 0 ? "the values that it has" : string.Join(", ", texts.Keys))} from the files, release {release} would still not use {(missed ?? left!.Follows.First()).New}: by its own values {seen}.",
            release,
            "The files are not those that the release was installed with. Name those, or use -FromRelease. Nothing was changed.");
    }
}
