using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Databases.Azure;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>Accounts of Azure Cosmos DB for NoSQL.</summary>
internal sealed class CosmosKind(SandboxChild sandbox, AzureApi azure) : AzureKind(sandbox, azure)
{
    /// <summary>The procedure that ScalarDB writes everything by.</summary>
    public const string Mutate = "mutate.js";

    private const string Version = "2025-10-15";
    private const string Type = "providers/Microsoft.DocumentDB/databaseAccounts";

    /// <inheritdoc/>
    public override string Word => "cosmosdb";

    /// <inheritdoc/>
    public override string Service => "cosmos";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Makes { get; } = ["RestoreAccount", "PutAccount"];

    /// <inheritdoc/>
    public override string Noun => "Cosmos DB account";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Own { get; } = ["instanceId", "createMode", "restoreParameters", "keysMetadata"];

    /// <inheritdoc/>
    public override string Id(string name) => Id(Azure, name);

    /// <inheritdoc/>
    public override string Address(string name) => $"https://{name}.documents.azure.com:443/";

    /// <inheritdoc/>
    public override string Properties(string name, string? key) => $"""
        # The account, and its key
        scalar.db.storage=cosmos
        scalar.db.contact_points={Address(name)}
        scalar.db.password={key}
        """.ReplaceLineEndings("\n");

    /// <inheritdoc/>
    public override Task MakeAsync(AzureSource source, CancellationToken cancellationToken) =>
        Sandbox.Control.SetAsync($"azure/cosmos/accounts/{source.Name}", AccountSeed.Of(source, Sandbox.Now), cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(AzureSource source, AzureTable table, JsonObject items, CancellationToken cancellationToken) => Sandbox.Control.WriteAsync(
        $"azure/cosmos/accounts/{source.Name}/items", new JsonObject { ["database"] = table.Database, ["container"] = table.Name, ["items"] = items }, cancellationToken);

    /// <inheritdoc/>
    public override Task<JsonObject> ItemsAsync(AzureSource source, AzureTable table, CancellationToken cancellationToken) =>
        Sandbox.Control.ItemsAsync($"azure/cosmos/accounts/{source.Name}/items?database={table.Database}&container={table.Name}", cancellationToken);

    /// <inheritdoc/>
    public override Task<string?> KeyAsync(string name, CancellationToken cancellationToken) => KeyAsync(Azure, name, cancellationToken);

    /// <summary>The key that an account's clients use.</summary>
    public static async Task<string?> KeyAsync(AzureApi azure, string name, CancellationToken cancellationToken) =>
        (string?)(await azure.PostAsync($"{Id(azure, name)}/listKeys", Version, cancellationToken))["primaryMasterKey"];

    /// <inheritdoc/>
    public override async Task<IReadOnlySet<string>> NamesAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).Select(account => (string)account["name"]!).ToHashSet(StringComparer.Ordinal);

    /// <summary>Azure itself keeps what an account was restored from, and to when.</summary>
    public override async Task<IReadOnlyList<AzureCopy>> CopiesAsync(AzureView source, IReadOnlySet<string> known, CancellationToken cancellationToken) =>
    [
        .. from account in await ListAsync(cancellationToken)
           let parameters = account["properties"]!["restoreParameters"]
           where ((string?)parameters?["restoreSource"])?.EndsWith($"/{(string)source.Properties["instanceId"]!}", StringComparison.Ordinal) == true
           select new AzureCopy((string)account["name"]!, DateTimeOffset.Parse((string)parameters["restoreTimestampInUtc"]!, CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    public override async Task<AzureView> ViewAsync(string name, CancellationToken cancellationToken)
    {
        var id = Id(name);
        var databases = new JsonObject();
        foreach (var database in await Azure.ListAsync($"{id}/sqlDatabases", Version, cancellationToken))
        {
            var path = $"{id}/sqlDatabases/{(string)database["name"]!}";
            var containers = new JsonObject();
            foreach (var container in await Azure.ListAsync($"{path}/containers", Version, cancellationToken))
            {
                containers[(string)container["name"]!] = await ContainerAsync($"{path}/containers/{(string)container["name"]!}", container, cancellationToken);
            }

            databases[(string)database["name"]!] = new JsonObject { ["throughput"] = await ThroughputAsync(path, cancellationToken), ["containers"] = containers };
        }

        return new AzureView(name, await Azure.GetAsync(id, Version, cancellationToken), databases);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Lacks(AzureView view)
    {
        if ((string?)view.Properties["consistencyPolicy"]?["defaultConsistencyLevel"] is not "Strong" and var level)
        {
            yield return $"{view.Name} has the consistency {level}";
        }

        if ((string?)view.Properties["minimalTlsVersion"] is not "Tls12" and var tls)
        {
            yield return $"{view.Name} takes {tls}";
        }

        foreach (var (path, container) in Containers(view))
        {
            if (path != "scalardb/metadata" && !container!["procedures"]!.AsObject().ContainsKey(Mutate))
            {
                yield return $"{view.Name}, {path} has no {Mutate}";
            }
        }
    }

    /// <inheritdoc/>
    public override int Procedures(AzureView view) => Containers(view).Sum(container => container.Value!["procedures"]!.AsObject().Count);

    /// <inheritdoc/>
    public override Task DeleteAsync(string name, CancellationToken cancellationToken) => Azure.DeleteAsync(Id(name), Version, cancellationToken);

    private static string Id(AzureApi azure, string name) => $"{azure.Subscription}/resourceGroups/{Group}/{Type}/{name}";

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Containers(AzureView view) => view.Inside.SelectMany(
        database => database.Value!["containers"]!.AsObject().Select(container => KeyValuePair.Create($"{database.Key}/{container.Key}", container.Value)));

    private Task<IReadOnlyList<JsonObject>> ListAsync(CancellationToken cancellationToken) => Azure.ListAsync($"{Azure.Subscription}/{Type}", Version, cancellationToken);

    private async Task<JsonObject> ContainerAsync(string path, JsonObject container, CancellationToken cancellationToken) => new()
    {
        ["resource"] = Resource(container),
        ["throughput"] = await ThroughputAsync(path, cancellationToken),
        ["procedures"] = new JsonObject((await Azure.ListAsync($"{path}/storedProcedures", Version, cancellationToken))
            .Select(procedure => KeyValuePair.Create((string)procedure["name"]!, (JsonNode?)(string?)procedure["properties"]!["resource"]!["body"]))),
    };

    // None where it is shared.
    private async Task<JsonNode?> ThroughputAsync(string path, CancellationToken cancellationToken) =>
        await Azure.FindAsync($"{path}/throughputSettings/default", Version, cancellationToken) is { } found ? Resource(found) : null;
}
