using System.Text.Json;
using ScalarRestore.Engine.Databases.CosmosDb;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Schema;

namespace ScalarRestore.Engine.Tests.Schema;

public class SchemaPlannerTests
{
    private static readonly CosmosContainer[] Containers = [new("app", "orders"), new("coordinator", "state"), new("scalardb", "metadata")];

    [Fact]
    public void ContainersAreComparedBeforeAndLookedAtAfter()
    {
        var plan = SchemaPlanner.Plan(Accounts("a", "b"), Limits, loader: null);

        Assert.Equal(RestorePhase.RepairingSchema, plan.Phase);
        foreach (var name in (string[])["a", "b"])
        {
            var steps = plan.Steps.Where(step => step.Key.EndsWith($":{name}-restored", StringComparison.Ordinal)).ToList();
            Assert.Equal(["cosmosdb.containers", "cosmosdb.procedures", "cosmosdb.mutate"], steps.Select(step => step.Kind));
            Assert.Equal([true, false, true], steps.Select(step => step.ReadOnly));
            Assert.Equal([0, 1, 1], steps.Select(step => step.DependsOn.Count));
            Assert.All(steps.Skip(1).Zip(steps), pair => Assert.Equal(pair.Second.Key, pair.First.DependsOn[0]));
            Assert.All(steps, step => Assert.Equal(Containers, step.Input.Deserialize<ProceduresInput>(PlanJson.Options)!.Containers));
        }

        Assert.Equal(["cosmosdb:s"], plan.Limits.Keys);
    }

    [Fact]
    public void TheLoaderRunsBetweenTheTwoLooks()
    {
        var account = Accounts("a")[0];
        var calls = (string[])["1", "2"];
        var plan = SchemaPlanner.Plan(
            [account], Limits, [.. calls.Select(call => new PlannedStep { Key = $"schema-loader:a:{call}", Kind = LoaderHandler.StepKind, Target = "t", Action = "a" })]);

        Assert.Equal(["cosmosdb.containers", LoaderHandler.StepKind, LoaderHandler.StepKind, "cosmosdb.mutate"], plan.Steps.Select(step => step.Kind));
        Assert.All(plan.Steps.Skip(1).Zip(plan.Steps), pair => Assert.Equal([pair.Second.Key], pair.First.DependsOn));
    }

    [Fact]
    public void ARestoreOfOtherDatabasesHasNothingToRepair() => Assert.Empty(SchemaPlanner.Accounts(Restored([]), []));

    [Theory]
    [InlineData(true, "-jar /j.jar --config /c.properties -f /s.json --coordinator --repair-all")]
    [InlineData(false, "-jar /j.jar --config /c.properties -f /s.json --repair-all")]
    public void TheLoaderIsToldByArguments(bool coordinator, string arguments) => Assert.Equal(
        arguments.Split(' '),
        new LoaderInput { Loader = "/j.jar", Config = "/c.properties", SchemaFile = "/s.json", Coordinator = coordinator, Endpoint = "e", Timeout = TimeSpan.FromMinutes(1) }.Arguments());

    private static Dictionary<string, int> Limits { get; } = new(StringComparer.Ordinal) { ["cosmosdb:s"] = 10, ["rds:1"] = 20 };

    private static IReadOnlyList<RepairableAccount> Accounts(params string[] names)
    {
        var accounts = SchemaPlanner.Accounts(Restored(names), [.. names.Select(Database)]);
        Assert.Equal(names.Select(name => $"https://{name}-restored.documents.azure.com:443/"), accounts.Select(account => account.Endpoint));
        return accounts;
    }

    private static RestorePlan Restored(IEnumerable<string> names) => PlanBuilder.Build(
        RestorePhase.Restoring,
        [
            .. names.Select(name => new PlannedStep
            {
                Key = $"account-procedures:{name}",
                Kind = CosmosPlanner.Kind("procedures"),
                Target = Id(name),
                Action = "a",
                Limit = "cosmosdb:s",
                Input = JsonSerializer.SerializeToNode(Input(name), PlanJson.Options)!.AsObject(),
            }),
            new PlannedStep { Key = "other", Kind = "rds.restore", Target = "t", Action = "a", Limit = "rds:1" },
        ],
        Limits);

    private static ProceduresInput Input(string name) => new()
    {
        Source = new CosmosIdentity { Subscription = "s", ResourceGroup = "rg", Name = name, ResourceId = Id(name), InstanceId = "i", Location = "West US" },
        Target = $"{name}-restored",
        Timeout = TimeSpan.FromHours(1),
        RunId = "r",
        RestoreTime = DateTimeOffset.UnixEpoch,
        Containers = Containers,
    };

    private static RestoredDatabase Database(string name) => new()
    {
        Kind = DatabaseKind.CosmosDB,
        Account = "s",
        Region = "westus",
        NewResourceId = Id($"{name}-restored"),
        Endpoints = [new EndpointChange { Old = $"https://{name}.documents.azure.com:443/", New = $"https://{name}-restored.documents.azure.com:443/" }],
        Verified = true,
    };

    private static string Id(string name) => $"/subscriptions/s/resourceGroups/rg/providers/Microsoft.DocumentDB/databaseAccounts/{name}";
}
