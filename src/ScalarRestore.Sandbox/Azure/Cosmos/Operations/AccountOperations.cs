using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Operations;

/// <summary>Accounts: list, get, create, delete, names and keys.</summary>
internal static class AccountOperations
{
    public static ArmAnswer List(ArmCall call) => ArmList.Page(call, call.Azure.Cosmos.Accounts.Values
        .Where(a => !call.Values.TryGetValue("group", out var group) || string.Equals(a.Group, group, StringComparison.OrdinalIgnoreCase))
        .Select(a => CosmosJson.Describe(call.Azure, a)));

    public static ArmAnswer Get(ArmCall call) => ArmAnswer.Ok(CosmosJson.Describe(call.Azure, AccountReader.Get(call)));

    /// <summary>Says whether a name is taken: 200 where it is, 404 where not (domain/azure.md, section 1.4; not verified there).</summary>
    public static ArmAnswer CheckName(ArmCall call) => new(call.Azure.Cosmos.Accounts.ContainsKey(call["account"]) ? 200 : 404);

    /// <summary>PUT of an account: a restore, an update of one that is there, or a new one.</summary>
    public static ArmAnswer Put(ArmCall call)
    {
        if (IsRestore(call.Request))
            return AccountRestore.Run(call);

        if (call.Azure.Cosmos.Accounts.TryGetValue(call["account"], out var taken))
        {
            return string.Equals(taken.Group, call["group"], StringComparison.OrdinalIgnoreCase)
                ? AccountUpdate.Run(call, taken)
                : throw CosmosErrors.NameTaken(taken.Name);
        }

        return Create(call);
    }

    public static string PutName(ArmRequest request) => IsRestore(request) ? "RestoreAccount" : "PutAccount";

    public static ArmAnswer Delete(ArmCall call)
    {
        var azure = call.Azure;
        if (azure.Cosmos.Find(call["account"], call["group"]) is not { } account)
            return new ArmAnswer(204);

        var time = azure.Settings.Cosmos.DeleteAccountSeconds;
        var operation = CosmosLifecycle.Begin(call, account, time, "delete-account", failure: null, at =>
        {
            account.DeletedAt = at;
            azure.Cosmos.Accounts.Remove(account.Name);
            azure.Cosmos.Gone.Add(account);
        });
        account.State = "Deleting";
        return new ArmAnswer(202) { Headers = azure.Operations.Headers(call, operation) };
    }

    public static ArmAnswer ListKeys(ArmCall call)
    {
        var keys = AccountReader.GetOpen(call).Keys;
        return ArmAnswer.Ok(new JsonObject
        {
            ["primaryMasterKey"] = keys[0],
            ["secondaryMasterKey"] = keys[1],
            ["primaryReadonlyMasterKey"] = keys[2],
            ["secondaryReadonlyMasterKey"] = keys[3],
        });
    }

    public static ArmAnswer ListReadOnlyKeys(ArmCall call)
    {
        var keys = AccountReader.GetOpen(call).Keys;
        return ArmAnswer.Ok(new JsonObject { ["primaryReadonlyMasterKey"] = keys[2], ["secondaryReadonlyMasterKey"] = keys[3] });
    }

    public static ArmAnswer ListPrivateEndpoints(ArmCall call) =>
        ArmList.Page(call, AccountReader.Get(call).PrivateEndpoints.OfType<JsonObject>().Select(e => e.Copy()));

    /// <summary>Makes an account, without adding it.</summary>
    public static CosmosAccount Make(
        AzureSubscription azure, string name, string group, string location, DateTimeOffset at, JsonObject properties, string state)
    {
        var account = new CosmosAccount
        {
            Name = name,
            Group = azure.GetGroup(group).Name,
            InstanceId = azure.NewGuid(),
            CreatedAt = at,
            Location = AzureLocations.DisplayName(location),
            State = state,
            Properties = properties,
            Keys = CosmosLifecycle.NewKeys(azure),
        };
        AccountUpdate.SetBackups(account, at);
        return account;
    }

    private static ArmAnswer Create(ArmCall call)
    {
        var azure = call.Azure;
        AccountReader.RefuseBadName(call["account"]);
        var properties = CosmosDefaults.Properties(isRestore: false);
        AccountUpdate.Lay(properties, AccountReader.Changes(call.Properties));
        var regions = AccountReader.Regions(call.Properties)
            ?? throw ArmErrors.BadRequest("The property 'locations' is required.");
        var account = Make(
            azure, call["account"], call["group"], call.Body.Text("location") ?? regions[0].Name, call.Now, properties, "Creating");
        account.Tags = call.Body.Texts("tags") ?? account.Tags;
        account.Identity = call.Body.Object("identity")?.Copy();
        AccountUpdate.SetRegions(azure, account, regions, call.Now);
        azure.Cosmos.Accounts.Add(account.Name, account);
        return AccountUpdate.Answer(call, account, CosmosLifecycle.Begin(
            call, account, azure.Settings.Cosmos.CreateAccountSeconds, "create-account", failure: null, _ => account.State = "Succeeded"));
    }

    private static bool IsRestore(ArmRequest request) =>
        string.Equals(request.Body.Object("properties").Text("createMode"), "Restore", StringComparison.OrdinalIgnoreCase);
}
