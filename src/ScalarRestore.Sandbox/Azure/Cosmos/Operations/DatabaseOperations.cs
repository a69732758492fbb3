using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Operations;

/// <summary>Databases and containers.</summary>
internal static class DatabaseOperations
{
    public static ArmAnswer List(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        return ArmList.Page(call, account.DatabasesAt(call.Now).Select(d => CosmosJson.Describe(AccountId(call, account), d)));
    }

    public static ArmAnswer Get(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        return ArmAnswer.Ok(CosmosJson.Describe(AccountId(call, account), AccountReader.GetDatabase(call, account)));
    }

    public static ArmAnswer Put(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        var azure = call.Azure;
        var name = call["database"];
        var throughput = ThroughputOperations.Read(call.Properties.Object("options"), account);
        var accountId = AccountId(call, account);
        return CosmosLifecycle.Child(
            call,
            account,
            $"{accountId}/sqlDatabases/{name}",
            at =>
            {
                if (account.Find(name, at) is null)
                    account.Databases.Add(Make(azure, name, at, throughput));
            },
            () => account.Databases.FindLast(d => d.Name == name) is { } database ? CosmosJson.Describe(accountId, database) : null);
    }

    public static ArmAnswer Delete(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        var database = AccountReader.GetDatabase(call, account);
        return CosmosLifecycle.Child(
            call,
            account,
            $"{AccountId(call, account)}/sqlDatabases/{database.Name}",
            at =>
            {
                foreach (var container in database.ContainersAt(at))
                    container.DeletedAt = at;

                database.DeletedAt = at;
            },
            () => null);
    }

    public static ArmAnswer ListContainers(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        var database = AccountReader.GetDatabase(call, account);
        return ArmList.Page(call, database.ContainersAt(call.Now).Select(c => CosmosJson.Describe(DatabaseId(call, account, database), c)));
    }

    public static ArmAnswer GetContainer(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        var database = AccountReader.GetDatabase(call, account);
        return ArmAnswer.Ok(CosmosJson.Describe(DatabaseId(call, account, database), AccountReader.GetContainer(call, database)));
    }

    public static ArmAnswer PutContainer(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        var database = AccountReader.GetDatabase(call, account);
        var azure = call.Azure;
        var name = call["container"];
        var resource = call.Properties.Object("resource") ?? throw ArmErrors.BadRequest("The property 'resource' is required.");
        if (resource.Object("partitionKey") is null)
            throw ArmErrors.BadRequest("The partition key is required.");

        var throughput = ThroughputOperations.Read(call.Properties.Object("options"), account);
        var databaseId = DatabaseId(call, account, database);
        return CosmosLifecycle.Child(
            call,
            account,
            $"{databaseId}/containers/{name}",
            at => SetContainer(azure, database, name, resource, throughput, at),
            () => database.Containers.FindLast(c => c.Name == name) is { } made ? CosmosJson.Describe(databaseId, made) : null);
    }

    public static ArmAnswer DeleteContainer(ArmCall call)
    {
        var account = AccountReader.GetOpen(call);
        var database = AccountReader.GetDatabase(call, account);
        var container = AccountReader.GetContainer(call, database);
        return CosmosLifecycle.Child(
            call, account, $"{DatabaseId(call, account, database)}/containers/{container.Name}", at => container.DeletedAt = at, () => null);
    }

    public static SqlDatabase Make(AzureSubscription azure, string name, DateTimeOffset at, CosmosThroughput? throughput) =>
        new() { Name = name, Rid = CosmosLifecycle.NewRid(azure), CreatedAt = at, Throughput = throughput };

    /// <summary>Makes a container, or defines it anew.</summary>
    public static SqlContainer SetContainer(
        AzureSubscription azure, SqlDatabase database, string name, JsonObject resource, CosmosThroughput? throughput, DateTimeOffset at)
    {
        var container = database.Find(name, at);
        if (container is null)
        {
            container = new SqlContainer { Name = name, Rid = CosmosLifecycle.NewRid(azure), CreatedAt = at, Throughput = throughput };
            database.Containers.Add(container);
        }

        var definition = CosmosDefaults.Container();
        foreach (var (member, value) in resource)
        {
            if (member is not ("id" or "") && member[0] != '_')
                definition[member] = value?.DeepClone();
        }

        container.Definitions.Add((at, definition));
        return container;
    }

    public static string AccountId(ArmCall call, CosmosAccount account) => CosmosJson.Id(call.Azure, account);

    public static string DatabaseId(ArmCall call, CosmosAccount account, SqlDatabase database) =>
        $"{AccountId(call, account)}/sqlDatabases/{database.Name}";
}
