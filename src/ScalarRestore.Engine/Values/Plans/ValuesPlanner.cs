using ScalarRestore.Engine.Values.Endpoints;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>
/// Finds, in values and properties texts, the contact points that products really read, and what has to be replaced so that they name the
/// restored databases. Pure. What is not read (comments, older keys beside a property block, a file that a later one overrides, storages
/// that are not listed) is left alone.
/// </summary>
internal sealed class ValuesPlanner
{
    private readonly IReadOnlyList<ValuesDocument> _documents;
    private readonly ValuesContext _context;
    private readonly ValuesSettings _settings;
    private readonly PlannedEdits _edits;
    private readonly AccountKeyPlanner _accountKeys;
    private readonly List<FoundPoint> _points = [];
    private readonly List<ValuePlace> _commented = [];

    private ValuesPlanner(IReadOnlyList<ValuesDocument> documents, ValuesContext context)
    {
        _documents = documents;
        _context = context;
        _settings = new ValuesSettings(documents);
        _edits = new PlannedEdits(_settings);
        _accountKeys = new AccountKeyPlanner(_settings, _edits, context.AccountKey);
    }

    /// <summary>Plans the changes of some sources.</summary>
    /// <param name="documents">The sources in helm's order: a value counts as the last one sets it.</param>
    /// <param name="context">What they are changed for.</param>
    /// <exception cref="RestoreException">
    /// <c>EndpointsDisagree</c>, <c>EndpointPartlyForeign</c>, <c>EndpointPortNotWritten</c>, <c>ValuesShared</c>, <c>ValuesFormNotSupported</c>,
    /// <c>PropertiesInvalid</c>: with file, line and column.
    /// </exception>
    public static ValuesPlan Plan(IReadOnlyList<ValuesDocument> documents, ValuesContext context) => new ValuesPlanner(documents, context).Run();

    private ValuesPlan Run()
    {
        foreach (var profile in ValuesProfiles.All.Where(profile => _context.Includes(profile)))
            Profile(profile);

        if (_context.Includes(null))
        {
            foreach (var document in _documents.Where(document => document.Source.IsProperties))
                Properties(null, _settings.TextOf(document), null);
        }

        foreach (var document in _documents.Where(document => document.NextLine is not null))
            _edits.Warnings.Add($"{document.Source.Name} has a second YAML document at line {document.NextLine}; helm reads only the first, and so only that is looked at.");

        return new ValuesPlan
        {
            Sources = [.. _documents.Select(Finish)],
            Variables = _edits.Variables,
            Points = _points,
            Commented = _commented,
            KeysNeeded = _accountKeys.Needed,
            Keys = [.. _edits.Keys.Distinct()],
            Warnings = _edits.Warnings,
        };
    }

    private void Profile(ValuesProfile profile)
    {
        var facts = _context.Facts(profile);
        if (profile.PropertiesKey is { } key && (facts.ChartVersion is null || facts.ChartVersion >= profile.PropertiesSince) && _settings.IsSet(key))
        {
            if (_settings.Setting(key) is { } block && block.Text.Trim().Length > 0)
            {
                Properties(profile, block, facts);
                return;
            }

            // Set to nothing, it still takes the place of the chart's own, which refers to the older values. Only Schema Loader falls back on them.
            if (profile.Product is not null)
                return;
        }

        // Without properties of their own, the pods get the chart's, which refer to the older values.
        if (profile.PointsKey is not null && _settings.Setting(profile.PointsKey) is { } points)
        {
            var words = new EditableText(points.Document, profile.PointsKey, new YamlItem(ValuesProfiles.DefaultProperties) { Line = 1, Column = 1, Start = 0, End = 0 });
            Properties(profile, words, facts);
        }
    }

    private void Properties(ValuesProfile? profile, EditableText block, ProductFacts? facts)
    {
        facts ??= _context.Facts(profile);
        var scope = new PropertiesScope(profile, block, _settings.Variables(profile, facts), facts);
        var storages = StorageProperties.Active(scope.Get);
        foreach (var storage in storages)
        {
            var entries = scope.Of(storage.PointsKey);
            var found = entries.Select(entry => Point(scope, storage, entry)).ToList();
            RefuseDisagreement(scope, found);
            foreach (var point in found.Where(point => point.Follows.Any()))
                _accountKeys.Plan(scope, storage, point);
        }

        Inactive(scope, storages);
        _commented.AddRange(CommentedPoints.In(block.Text).Select(point => block.Place(point.Mark, point.Key)));
    }

    private FoundPoint Point(PropertiesScope scope, StorageProperties storage, PropertyEntry entry)
    {
        var resolved = ResolvedValue.Of(entry.Value, scope.Variables);
        var first = ContactPointList.First(resolved.Text, scope.Facts.AppVersion);
        var hosts = EndpointRewriter.Rewrite(first.Text, _context.Moves);
        var written = PropertiesReader.Locate(scope.Block.Text, entry);
        var unresolved = resolved.Unresolved.Count > 0 ? resolved.Unresolved : Placeholders.In(resolved.Text) ? [resolved.Text] : [];
        ValuePlace PlaceOfHost(MovedHost host) => HostPlace(scope, entry, written, resolved, first.Source(host.Host.HostPart.Start, host.Host.HostPart.Length));
        var point = new FoundPoint
        {
            Profile = scope.Profile,
            Place = unresolved.Count > 0 || scope.IsDefault ? PlaceOf(scope, entry, resolved)
                : hosts.Count > 0 ? PlaceOfHost(hosts[0])
                : scope.Block.Place(written.Source(0, entry.Value.Length), entry.Key),
            Shown = ContactPoints.WithoutCredentials(first.Text),
            Hosts = hosts,
            Unresolved = unresolved,
        };
        _points.Add(point);
        foreach (var host in hosts.Where(host => host.Move is not null))
            _edits.NoteKey(scope, resolved.Origin(first.Source(host.Host.HostPart.Start, host.Host.HostPart.Length))?.Variable);

        if (!point.Moves)
            return point;

        if (hosts.FirstOrDefault(host => host.Move is null) is { } foreign)
            throw Foreign(point with { Place = PlaceOfHost(foreign) }, foreign);

        foreach (var host in hosts.Where(host => host.Edits.Count > 0))
        {
            foreach (var edit in host.Edits)
                Replace(scope, entry, written, resolved, first.Source(edit.Start, edit.Length), edit.Replacement, host);
        }

        return point;
    }

    // Duplicates are written again and again by people: Java takes the last. Where they differ, it is not for us to say which was meant.
    private static void RefuseDisagreement(PropertiesScope scope, List<FoundPoint> found)
    {
        static string Hosts(FoundPoint point) => string.Join(',', point.Hosts.Select(host => host.Host.ToString().ToUpperInvariant()));
        if (!found.Exists(point => point.Follows.Any()) || found.TrueForAll(point => Hosts(point) == Hosts(found[0])))
            return;

        var last = found[^1];
        throw new RestoreException(
            "EndpointsDisagree",
            FaultCategory.InvalidData,
            $"{last.Place}: it is set here to '{last.Shown}' and at line {found[0].Place.Line} to '{found[0].Shown}'. Java takes the last, but which one is meant is not clear.",
            scope.Block.Document.Source.Name,
            "Delete the one that is not meant, then run the command again. Nothing was changed.");
    }

    private void Replace(
        PropertiesScope scope, PropertyEntry entry, MappedText written, ResolvedValue resolved, TextSpan span, string replacement, MovedHost host)
    {
        if (resolved.Origin(span) is not { } origin)
            throw PlannedEdits.Split(scope, entry, written);

        var (old, @new) = (host.Host.ToString(), host.After);
        if (origin.Variable is null)
        {
            scope.Block.Replace(written.Source(origin.Span.Start, origin.Span.Length), PropertiesReader.Escape(replacement));
            _edits.Note(scope.Block, scope.Block.Place(written.Source(origin.Span.Start, origin.Span.Length), entry.Key), old, @new);
        }
        else if (_settings.OldValue(scope.Profile, origin.Variable) is { } setting)
        {
            setting.Replace(origin.Span, replacement);
            _edits.Note(setting, setting.Place(origin.Span, null), old, @new);
        }
        else
        {
            _edits.Variables.Add(new VariableEdit
            {
                Profile = scope.Profile,
                Variable = origin.Variable,
                Place = PlaceOf(scope, entry, resolved),
                SecretName = _settings.SecretName(scope.Profile),
                Part = origin.Span,
                Replacement = replacement,
                Old = old,
                New = @new,
            });
        }
    }

    // A storage that is configured and not listed is not used. It is left alone, and told where it names a database that moved.
    private void Inactive(PropertiesScope scope, IReadOnlyList<StorageProperties> active)
    {
        foreach (var entry in scope.Block.Entries.Where(entry => IsPointsKey(entry.Key) && !active.Any(storage => storage.PointsKey == entry.Key)))
        {
            var first = ContactPointList.First(ResolvedValue.Of(entry.Value, scope.Variables).Text, scope.Facts.AppVersion);
            if (EndpointRewriter.Rewrite(first.Text, _context.Moves).Any(host => host.Edits.Count > 0))
            {
                var place = scope.Block.Place(new TextSpan(entry.Start, 0), entry.Key);
                _edits.Warnings.Add($"{place}: it names the old endpoint, but by the properties beside it it is not used, and is left as it is.");
            }
        }
    }

    private static bool IsPointsKey(string key) =>
        key == "scalar.db.contact_points"
        || (key.StartsWith(StorageProperties.MultiPrefix + "storages.", StringComparison.Ordinal) && key.EndsWith(".contact_points", StringComparison.Ordinal));

    /// <summary>Where a contact point is set: its key in the properties, or the older value behind the chart's own.</summary>
    private ValuePlace PlaceOf(PropertiesScope scope, PropertyEntry entry, ResolvedValue resolved)
    {
        // The chart's own default block has no place; what it refers to does.
        if (scope.IsDefault && resolved.Whole is { } variable && _settings.OldValue(scope.Profile, variable) is { } setting)
            return setting.Place(new TextSpan(0, setting.Text.Length), null);

        return scope.Block.Place(new TextSpan(entry.Start, 1), entry.Key);
    }

    /// <summary>Where a host is written; where a Secret feeds it, where that is referred to.</summary>
    private ValuePlace HostPlace(PropertiesScope scope, PropertyEntry entry, MappedText written, ResolvedValue resolved, TextSpan host)
    {
        if (resolved.Origin(host) is not { } origin)
            return PlaceOf(scope, entry, resolved);

        if (origin.Variable is null)
            return scope.Block.Place(written.Source(origin.Span.Start, origin.Span.Length), entry.Key);

        return _settings.OldValue(scope.Profile, origin.Variable) is { } setting ? setting.Place(origin.Span, null) : PlaceOf(scope, entry, resolved);
    }

    private SourcePlan Finish(ValuesDocument document)
    {
        var texts = _settings.Texts.Where(text => text.IsEdited && ReferenceEquals(text.Document, document)).ToList();
        foreach (var text in texts)
            SharedValues.Require(text, _edits.Keys);

        var edits = texts.SelectMany(text => text.SourceEdits()).OrderBy(edit => edit.Start).ToList();
        var plan = new SourcePlan(document, edits, _edits.PlacesIn(document));
        if (edits.Count > 0)
            ValuesComparison.Require(plan, texts);

        return plan;
    }

    private static RestoreException Foreign(FoundPoint point, MovedHost foreign) => new(
        "EndpointPartlyForeign",
        FaultCategory.InvalidData,
        $"{point.Place}: '{point.Shown}' names {foreign.Host} beside the old endpoint, and that is no endpoint of a restored database: the driver would still reach what was not restored.",
        point.Place.Source,
        "Give the old and new endpoint of every host, or take that host out. Nothing was changed.");
}
