using System.Text.Json.Nodes;
using ScalarRestore.Drill.Report;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>Everything that the API tells of one account.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Account">Its description.</param>
/// <param name="Databases">Databases and containers with throughput, definition and procedures.</param>
internal sealed record AccountView(string Name, JsonObject Account, JsonObject Databases)
{
    // Each account has its own.
    private static readonly string[] New = ["instanceId", "createMode", "restoreParameters", "keysMetadata"];

    /// <summary>The run's own tags on what it made.</summary>
    private const string RunTag = "scalarrestore-";

    /// <summary>The instance behind the name.</summary>
    public string InstanceId => (string)Account["properties"]!["instanceId"]!;

    /// <summary>How many stored procedures it has.</summary>
    public int Procedures => Containers.Sum(container => container.Value!["procedures"]!.AsObject().Count);

    private IEnumerable<KeyValuePair<string, JsonNode?>> Containers => Databases.SelectMany(
        database => database.Value!["containers"]!.AsObject().Select(container => KeyValuePair.Create($"{database.Key}/{container.Key}", container.Value)));

    /// <summary>What of it is not as the source is, but for what has to differ.</summary>
    public IReadOnlyList<string> DriftFrom(AccountView source) => [.. StateDiff.Compare(source.Comparable(source.Name), Comparable(source.Name)).Select(path => $"{source.Name}{path}")];

    /// <summary>What of it was changed meanwhile.</summary>
    public IReadOnlyList<string> ChangesSince(AccountView earlier) =>
        [.. StateDiff.Compare(earlier.Account, Account).Concat(StateDiff.Compare(earlier.Databases, Databases)).Select(path => $"{Name}{path}")];

    /// <summary>What ScalarDB cannot do without, whatever the source was like.</summary>
    public IEnumerable<string> Lacks()
    {
        var properties = Account["properties"]!;
        if ((string?)properties["consistencyPolicy"]?["defaultConsistencyLevel"] is not "Strong" and var level)
        {
            yield return $"{Name} has the consistency {level}";
        }

        if ((string?)properties["minimalTlsVersion"] is not "Tls12" and var tls)
        {
            yield return $"{Name} takes {tls}";
        }

        foreach (var (path, container) in Containers)
        {
            if (path != "scalardb/metadata" && !container!["procedures"]!.AsObject().ContainsKey(ContainerSpec.Mutate))
            {
                yield return $"{Name}, {path} has no {ContainerSpec.Mutate}";
            }
        }
    }

    // Under another's name, wherever its own stands.
    private JsonNode Comparable(string name)
    {
        var account = JsonNode.Parse(Account.ToJsonString().Replace(Name, name, StringComparison.Ordinal))!.AsObject();
        account.Remove("systemData");
        foreach (var own in New)
        {
            account["properties"]!.AsObject().Remove(own);
        }

        var tags = account["tags"]!.AsObject();
        foreach (var tag in tags.Select(pair => pair.Key).Where(key => key.StartsWith(RunTag, StringComparison.Ordinal)).ToList())
        {
            tags.Remove(tag);
        }

        return new JsonObject { ["account"] = account, ["databases"] = Databases.DeepClone() };
    }
}
