using System.Text.Json.Nodes;
using ScalarRestore.Drill.Databases.Azure;

namespace ScalarRestore.Drill.Databases.CosmosDb;

/// <summary>Accounts at Azure Resource Manager.</summary>
internal sealed class AccountApi(AzureApi azure)
{
    /// <summary>The resource group.</summary>
    public const string Group = "drill";

    private const string Version = "2025-10-15";
    private const string Type = "providers/Microsoft.DocumentDB/databaseAccounts";

    /// <summary>All accounts.</summary>
    public Task<IReadOnlyList<JsonObject>> ListAsync(CancellationToken cancellationToken) => azure.ListAsync($"{azure.Subscription}/{Type}", Version, cancellationToken);

    /// <summary>The resource id of an account.</summary>
    public string Id(string account) => $"{azure.Subscription}/resourceGroups/{Group}/{Type}/{account}";

    /// <summary>The key that its clients use.</summary>
    public async Task<string> KeyAsync(string account, CancellationToken cancellationToken) =>
        (string)(await azure.PostAsync($"{Id(account)}/listKeys", Version, cancellationToken))["primaryMasterKey"]!;

    /// <summary>Deletes an account.</summary>
    public Task DeleteAsync(string account, CancellationToken cancellationToken) => azure.DeleteAsync(Id(account), Version, cancellationToken);

    /// <summary>Everything that the API tells of an account and of what is in it, but for items.</summary>
    public async Task<AccountView> ViewAsync(string account, CancellationToken cancellationToken)
    {
        var id = Id(account);
        var databases = new JsonObject();
        foreach (var database in await azure.ListAsync($"{id}/sqlDatabases", Version, cancellationToken))
        {
            var path = $"{id}/sqlDatabases/{(string)database["name"]!}";
            var containers = new JsonObject();
            foreach (var container in await azure.ListAsync($"{path}/containers", Version, cancellationToken))
            {
                containers[(string)container["name"]!] = await ContainerAsync($"{path}/containers/{(string)container["name"]!}", container, cancellationToken);
            }

            databases[(string)database["name"]!] = new JsonObject { ["throughput"] = await ThroughputAsync(path, cancellationToken), ["containers"] = containers };
        }

        return new AccountView(account, await azure.GetAsync(id, Version, cancellationToken), databases);
    }

    private async Task<JsonObject> ContainerAsync(string path, JsonObject container, CancellationToken cancellationToken) => new()
    {
        ["resource"] = Resource(container),
        ["throughput"] = await ThroughputAsync(path, cancellationToken),
        ["procedures"] = new JsonObject((await azure.ListAsync($"{path}/storedProcedures", Version, cancellationToken))
            .Select(procedure => KeyValuePair.Create((string)procedure["name"]!, (JsonNode?)(string?)procedure["properties"]!["resource"]!["body"]))),
    };

    // None where it is shared.
    private async Task<JsonNode?> ThroughputAsync(string path, CancellationToken cancellationToken) =>
        await azure.FindAsync($"{path}/throughputSettings/default", Version, cancellationToken) is { } found ? Resource(found) : null;

    // What begins so is the service's own: ids and times.
    private static JsonObject Resource(JsonObject child) => new(
        child["properties"]!["resource"]!.AsObject().Where(pair => !pair.Key.StartsWith('_')).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}
