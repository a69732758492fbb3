using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Values.Files;
using ScalarRestore.Engine.Values.Plans;
using ScalarRestore.Engine.Values.Releases;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>Reads what a release gets from the files that were updated, or rewrites its own values, and checks it once more.</summary>
internal sealed class ReleaseValuesSource(AccountKeys keys) : IReleaseValuesSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(ReleaseValues values, HelmReleaseRecord deployed, CancellationToken cancellationToken)
    {
        if (values.Keys.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);

        var chart = ChartProfiles.Find(deployed.Chart) ?? throw new InvalidOperationException($"Release {deployed.Name} is of chart {deployed.Chart}.");
        var profile = ValuesProfiles.Of(chart.Product);
        var moves = EndpointMove.Read(values.Changes);
        var documents = values.Paths.Count > 0
            ? await FilesAsync(values.Paths, cancellationToken).ConfigureAwait(false)
            : [await RewrittenAsync(deployed, profile, moves, cancellationToken).ConfigureAwait(false)];
        var texts = ReleaseOverlay.Read(documents, values.Keys);
        ReleaseOverlay.Require(deployed, deployed.Name, profile, texts, moves, ProductFacts.Unknown);
        return texts;
    }

    private static async Task<IReadOnlyList<ValuesDocument>> FilesAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var documents = new List<ValuesDocument>();
        foreach (var path in paths.Where(path => !ValuesWork.IsProperties(path)))
        {
            var file = await ValuesFile.ReadAsync(path, isProperties: false, cancellationToken).ConfigureAwait(false);
            documents.Add(ValuesDocument.Read(new ValuesSource(Path.GetFileName(path), file.Text, IsProperties: false)));
        }

        return documents;
    }

    private async Task<ValuesDocument> RewrittenAsync(
        HelmReleaseRecord deployed, ValuesProfile profile, IReadOnlyList<EndpointMove> moves, CancellationToken cancellationToken)
    {
        var document = ReleaseOverlay.Document(deployed, deployed.Name);
        var context = new ValuesContext { Moves = moves, Includes = one => one == profile, AccountKey = keys.Find };
        var plan = ValuesPlanner.Plan([document], context);
        if (plan.KeysNeeded.Count > 0 && !ValuesPlanner.Plan([document], context with { AccountKey = _ => AccountKeys.Dummy }).Variables.Any(edit => edit.IsSecret))
        {
            await keys.RequireAsync(plan.KeysNeeded, cancellationToken).ConfigureAwait(false);
            plan = ValuesPlanner.Plan([document], context);
        }

        return plan.Sources[0].After;
    }
}
