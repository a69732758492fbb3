using ScalarRestore.Engine.Values.Endpoints;

namespace ScalarRestore.Engine.Values.Plans;

/// <summary>Plans where the key of a restored Cosmos DB account goes.</summary>
/// <param name="settings">What the sources set.</param>
/// <param name="edits">What was found to be changed so far.</param>
/// <param name="find">The key of an account; null while it is not known.</param>
internal sealed class AccountKeyPlanner(ValuesSettings settings, PlannedEdits edits, Func<EndpointMove, string?> find)
{
    private readonly List<EndpointMove> _needed = [];

    /// <summary>The accounts whose keys are needed and not known.</summary>
    public IReadOnlyList<EndpointMove> Needed => _needed;

    /// <summary>A restored Cosmos DB account has another key. It goes where the old one is, and nowhere else.</summary>
    public void Plan(PropertiesScope scope, StorageProperties storage, FoundPoint point)
    {
        if (storage.Storage != "cosmos" || point.Follows.FirstOrDefault() is not { } move)
            return;

        if (scope.Of(storage.PasswordKey) is not [.., var entry])
        {
            edits.Warnings.Add($"{point.Place}: the account moves, and there is no {storage.PasswordKey} beside it that its new key could go to.");
            return;
        }

        const string shown = "***";
        var written = PropertiesReader.Locate(scope.Block.Text, entry);
        var parts = Placeholders.Parts(entry.Value);
        if (parts.Count == 0 || (!settings.HasExistingSecret(scope.Profile) && parts.Count == 1))
            edits.NoteKey(scope, parts.Count == 0 ? null : parts[0].Variable);

        // The key of an account that is named already went there with its name.
        if (!point.Moves)
            return;

        if (find(move) is not { } key)
        {
            _needed.Add(move);
            return;
        }

        if (parts.Count == 0 && !Placeholders.In(entry.Value))
        {
            var span = written.Source(0, entry.Value.Length);
            scope.Block.Replace(span, PropertiesReader.Escape(key), isSecret: true);
            edits.Note(scope.Block, scope.Block.Place(span, entry.Key), shown, shown);
        }
        else if (parts is not [var only] || only.Span.Start != 0 || only.Span.End != entry.Value.TrimEnd().Length)
        {
            throw PlannedEdits.Split(scope, entry, written);
        }
        else if (!settings.HasExistingSecret(scope.Profile) && settings.OldValue(scope.Profile, only.Variable) is { } setting)
        {
            setting.Replace(new TextSpan(0, setting.Text.Length), key, isSecret: true);
            edits.Note(setting, setting.Place(new TextSpan(0, setting.Text.Length), null), shown, shown);
        }
        else
        {
            edits.Variables.Add(new VariableEdit
            {
                Profile = scope.Profile,
                Variable = only.Variable,
                Place = scope.Block.Place(written.Source(0, entry.Value.Length), entry.Key),
                SecretName = settings.HasExistingSecret(scope.Profile) && scope.Profile!.Variables.ContainsKey(only.Variable)
                    ? settings.Setting(scope.Profile.ExistingSecretKey!)!.Text
                    : settings.SecretName(scope.Profile),
                Replacement = key,
                IsSecret = true,
                Old = shown,
                New = shown,
            });
        }
    }
}
