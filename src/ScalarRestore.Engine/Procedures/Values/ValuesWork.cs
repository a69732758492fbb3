using ScalarRestore.Engine.Clients.Kubernetes;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Values.Files;
using ScalarRestore.Engine.Values.Plans;
using ScalarRestore.Engine.Values.Releases;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>Plans guide step 3 from what files and clusters say now. Planning twice gives the same; after a change it gives what is left.</summary>
/// <param name="services">The clients.</param>
/// <param name="intent">What was asked for.</param>
/// <param name="workloads">The run's workloads that the values belong to; empty for files by themselves.</param>
/// <param name="keys">The account keys.</param>
internal sealed class ValuesWork(EngineServices services, ValuesIntent intent, IReadOnlyList<RunWorkload> workloads, AccountKeys keys)
{
    private const int MostNames = 5;
    private readonly IReadOnlyList<EndpointMove> _moves = EndpointMove.Read(intent.Changes);

    /// <summary>Plans everything, and checks it.</summary>
    /// <exception cref="RestoreException">Something cannot be changed safely: with file, line and column where there are such.</exception>
    public async Task<ValuesOutcome> PlanAsync(CancellationToken cancellationToken)
    {
        var files = new List<ValuesFile>();
        foreach (var path in intent.Paths)
            files.Add(await ValuesFile.ReadAsync(path, IsProperties(path), cancellationToken).ConfigureAwait(false));

        var documents = files.Select(file => ValuesDocument.Read(new ValuesSource(Path.GetFileName(file.Path), file.Text, IsProperties(file.Path)))).ToList();
        var looks = await LookAsync(documents, cancellationToken).ConfigureAwait(false);
        return intent.FromRelease
            ? await FromReleasesAsync(looks, cancellationToken).ConfigureAwait(false)
            : await FromFilesAsync(files, documents, looks, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a file is a properties text of its own: Schema Loader's <c>database.properties</c>.</summary>
    public static bool IsProperties(string path) =>
        path.EndsWith(".properties", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".properties.tmpl", StringComparison.OrdinalIgnoreCase);

    private async Task<ValuesOutcome> FromFilesAsync(
        List<ValuesFile> files, List<ValuesDocument> documents, IReadOnlyList<ReleaseLook> looks, CancellationToken cancellationToken)
    {
        RefuseTwins(looks);
        var feeds = looks.Count > 0 ? null : await NamedFeedsAsync(documents, cancellationToken).ConfigureAwait(false);
        var context = new ValuesContext
        {
            Moves = _moves,
            Includes = profile => looks.Count == 0 || profile?.Product is null || looks.Any(look => look.Profile == profile),
            Facts = profile => looks.FirstOrDefault(look => look.Profile == profile)?.Facts
                ?? (feeds is null ? ProductFacts.Unknown : new ProductFacts(null, null, Known(feeds))),
        };
        var plan = await PlanAsync(documents, context, cancellationToken).ConfigureAwait(false);
        foreach (var look in looks)
            RequireMoved(plan, look);

        if (looks.Count == 0)
            ValuesCheck.RequireAll(plan, _moves);

        var warnings = new List<string>(plan.Warnings);
        var pointings = new List<ReleasePointing>();
        foreach (var look in looks)
        {
            var values = new ReleaseValues
            {
                Keys = [.. plan.Keys.Where(pair => pair.Profile == look.Profile).Select(pair => pair.Key).Distinct(StringComparer.Ordinal)],
                Changes = [.. MovesOf(look).Select(move => move.Change)],
                Paths = intent.Paths,
            };
            RequireRelease(look, plan, values, warnings);
            pointings.Add(Pointing(look, values));
        }

        return new ValuesOutcome
        {
            Files = [.. files.Zip(plan.Sources, (file, source) => new FileChange(file, source))],
            Secrets = Secrets(plan, looks, feeds, warnings),
            Pointings = pointings,
            Warnings = [.. warnings, .. files.Where(file => file.HardLinks > 1).Select(file => $"{file.Path} has {file.HardLinks} names (hard links); only this one gets the new content.")],
        };
    }

    private void RequireRelease(ReleaseLook look, ValuesPlan plan, ReleaseValues values, List<string> warnings)
    {
        var texts = ReleaseOverlay.Read([.. plan.Sources.Select(source => source.After)], values.Keys);
        ReleaseOverlay.Require(look.Record, look.Name, look.Profile, texts, MovesOf(look), FactsAfter(look, plan));
        TellDrift(look, plan, values, warnings);
    }

    private async Task<ValuesOutcome> FromReleasesAsync(IReadOnlyList<ReleaseLook> looks, CancellationToken cancellationToken)
    {
        var releases = new List<(string, SourcePlan)>();
        var pointings = new List<ReleasePointing>();
        var secrets = new List<SecretChange>();
        var warnings = new List<string>();
        foreach (var look in looks)
        {
            var plan = await PlanAsync([ReleaseOverlay.Document(look.Record, look.Name)], ContextOf(look), cancellationToken).ConfigureAwait(false);
            RequireMoved(plan, look);
            releases.Add((look.Name, plan.Sources[0]));
            warnings.AddRange(plan.Warnings);
            pointings.Add(Pointing(look, new ReleaseValues
            {
                Keys = [.. plan.Keys.Select(pair => pair.Key).Distinct(StringComparer.Ordinal)],
                Changes = [.. MovesOf(look).Select(move => move.Change)],
            }));
            secrets.AddRange(Secrets(plan, [look], null, warnings));
        }

        return new ValuesOutcome { Releases = releases, Secrets = Distinct(secrets), Pointings = pointings, Warnings = [.. warnings.Distinct(StringComparer.Ordinal)] };
    }

    private ValuesContext ContextOf(ReleaseLook look) => new() { Moves = MovesOf(look), Includes = profile => profile == look.Profile, Facts = _ => look.Facts };

    /// <summary>Plans, and plans again with the account keys if it turns out that such are needed.</summary>
    private async Task<ValuesPlan> PlanAsync(IReadOnlyList<ValuesDocument> documents, ValuesContext context, CancellationToken cancellationToken)
    {
        var plan = ValuesPlanner.Plan(documents, context with { AccountKey = keys.Find });
        if (plan.KeysNeeded.Count == 0)
            return plan;

        // Where would they go? A Secret that may not be changed is only told, and a release's own values get theirs when they are applied.
        var look = ValuesPlanner.Plan(documents, context with { AccountKey = _ => AccountKeys.Dummy });
        var needed = look.Variables.Any(edit => edit.IsSecret) ? intent.UpdateSecret : !intent.FromRelease;
        if (!needed || services.Mode == Running.ServiceMode.ReadOnly)
            return look;

        await keys.RequireAsync(plan.KeysNeeded, cancellationToken).ConfigureAwait(false);
        return ValuesPlanner.Plan(documents, context with { AccountKey = keys.Find });
    }

    private async Task<IReadOnlyList<ReleaseLook>> LookAsync(List<ValuesDocument> documents, CancellationToken cancellationToken)
    {
        var names = documents.SelectMany(document => VariableFeeds.NamesIn(document.Source.Text)).ToHashSet(StringComparer.Ordinal);
        var looks = new List<ReleaseLook>();
        foreach (var workload in workloads)
        {
            var client = services.Cluster(workload.Before.Connection);
            ClusterIdentity.Require(client, workload);
            looks.Add(await ReleaseLook.AtAsync(workload, client, names, services.Clock, cancellationToken).ConfigureAwait(false));
        }

        return looks;
    }

    /// <summary>Without a run, what the values themselves say of Secrets is all there is to go by.</summary>
    private async Task<NamedFeeds?> NamedFeedsAsync(List<ValuesDocument> documents, CancellationToken cancellationToken)
    {
        if (!intent.UpdateSecret)
            return null;

        var client = services.Cluster(intent.Connection ?? new KubernetesConnection());
        var ns = intent.Namespace ?? client.DefaultNamespace;
        return await NamedFeeds.ReadAsync(client, ns, documents, cancellationToken).ConfigureAwait(false);
    }

    private static PodVariables Known(NamedFeeds feeds) => new(
        feeds.Feeds.Values.Where(feed => feed.Value is not null).ToDictionary(feed => feed.Variable, feed => feed.Value!, StringComparer.Ordinal), Complete: false);

    private IReadOnlyList<SecretChange> Secrets(ValuesPlan plan, IReadOnlyList<ReleaseLook> looks, NamedFeeds? named, List<string> warnings)
    {
        var changes = new List<(IKubernetesClient Client, string Namespace, VariableFeed Feed, VariableEdit Edit)>();
        foreach (var edit in plan.Variables)
        {
            var look = looks.FirstOrDefault(look => look.Profile == edit.Profile);
            var feed = (look?.Feeds ?? named?.Feeds)?.GetValueOrDefault(edit.Variable);
            if (feed is null || !intent.UpdateSecret)
            {
                Tell(edit, feed, look, warnings);
                continue;
            }

            var client = look?.Client ?? named!.Client;
            changes.Add((client, look?.Workload.Before.Namespace ?? named!.Namespace, feed, edit));
        }

        return Distinct(changes.Select(change => new SecretChange(change.Client, change.Namespace, [(change.Feed, change.Edit)])));
    }

    private static IReadOnlyList<SecretChange> Distinct(IEnumerable<SecretChange> changes) =>
    [
        .. changes.GroupBy(change => (change.Client.Server, change.Path, change.Kind))
            .Select(group => group.First() with { Edits = [.. group.SelectMany(change => change.Edits)] }),
    ];

    /// <summary>An endpoint that stays where it is would leave the workload on the old database; a key that does, without access.</summary>
    private static void Tell(VariableEdit edit, VariableFeed? feed, ReleaseLook? look, List<string> warnings)
    {
        var where = feed is not null ? $"{(feed.Secret is null ? "ConfigMap" : "Secret")} {look?.Workload.Before.Namespace}{(look is null ? "" : "/")}{feed.Secret ?? feed.ConfigMap}, key {feed.Key}"
            : edit.SecretName is { } name ? $"Secret {name}, key {edit.Variable}"
            : $"whatever feeds the variable {edit.Variable}";
        if (edit.IsSecret)
        {
            warnings.Add($"{edit.Place}: the new account key has to go into {where}. Put it there, or run the command again with -UpdateSecret.");
            return;
        }

        throw new RestoreException(
            "EndpointInSecret",
            FaultCategory.InvalidOperation,
            $"{edit.Place}: the endpoint comes from {where}, and has to become {edit.New} there instead of {edit.Old}.",
            edit.Place.Source,
            "Run the command again with -UpdateSecret to have it changed, or change it by hand and run the command again. Nothing was changed.");
    }

    private IReadOnlyList<EndpointMove> MovesOf(ReleaseLook look) => WorkloadMoves.Of(look.Workload.Before, _moves);

    private void RequireMoved(ValuesPlan plan, ReleaseLook look) =>
        ValuesCheck.RequireAll(plan with { Points = [.. plan.Points.Where(point => point.Profile == look.Profile)] }, MovesOf(look));

    private static ReleasePointing Pointing(ReleaseLook look, ReleaseValues values) =>
        new(look.Workload.Before.Cluster, look.Workload.Before.Namespace, look.Workload.Before.Name, values);

    private static ProductFacts FactsAfter(ReleaseLook look, ValuesPlan plan)
    {
        var known = new Dictionary<string, string>(look.Facts.Variables.Known, StringComparer.Ordinal);
        foreach (var edit in plan.Variables.Where(edit => edit.Profile == look.Profile && edit.Part is not null && known.ContainsKey(edit.Variable)))
            known[edit.Variable] = TextEdits.Apply(known[edit.Variable], [new TextEdit(edit.Part!.Value.Start, edit.Part.Value.Length, edit.Replacement)]);

        return look.Facts with { Variables = look.Facts.Variables with { Known = known } };
    }

    // Two releases of one product have values files of their own, and which file is whose cannot be seen.
    private static void RefuseTwins(IReadOnlyList<ReleaseLook> looks)
    {
        if (looks.GroupBy(look => look.Profile).FirstOrDefault(group => group.Skip(1).Any()) is { } twins)
        {
            var names = string.Join(", ", twins.Select(look => look.Name));
            throw new RestoreException(
                "WorkloadAmbiguous",
                FaultCategory.InvalidArgument,
                $"{names} are all of {twins.Key.Name}, and which of them the files belong to cannot be seen.",
                names,
                "Update each with its own files: Update-ScalarValues -Name <release> -Path <its files>, one after the other. Nothing was changed.");
        }
    }

    private static void TellDrift(ReleaseLook look, ValuesPlan plan, ReleaseValues values, List<string> warnings)
    {
        var before = plan.Sources.Select(source => source.Document).ToList();
        var root = look.Profile.PropertiesKey!.Split('.')[0];
        var keys = ReleaseDrift.Find(before, look.Record.Config, root)
            .Where(key => !values.Keys.Contains(key, StringComparer.Ordinal) && key != ChartProfiles.Of(look.Workload.Before.Product).ReplicaKey)
            .ToList();
        if (keys.Count > 0)
            warnings.Add($"The files say otherwise than release {look.Name} was last given: {Some(keys)}. Start-ScalarWorkload does not apply these; 'helm upgrade' will.");

        foreach (var key in values.Keys.Where(key => key == look.Profile.PropertiesKey))
        {
            if (ChartValues.Text(look.Record.Config, key) is not { } given || before.Select(document => document.Find(key)?.Text).LastOrDefault(text => text is not null) is not { } text)
                continue;

            var properties = ReleaseDrift.FindProperties(text, given).Where(property => !property.EndsWith("contact_points", StringComparison.Ordinal)).ToList();
            if (properties.Count > 0)
                warnings.Add($"In {key}, the files say otherwise than release {look.Name} was last given: {Some(properties)}. Start-ScalarWorkload applies the block as the files have it.");
        }
    }

    private static string Some(List<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
