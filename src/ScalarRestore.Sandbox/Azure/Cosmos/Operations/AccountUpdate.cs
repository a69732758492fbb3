using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;

namespace ScalarRestore.Sandbox.Azure.Cosmos.Operations;

/// <summary>PATCH of an account, and PUT of one that is there. What is changed shows when the change is done.</summary>
internal static class AccountUpdate
{
    public static ArmAnswer Patch(ArmCall call) => Run(call, AccountReader.Get(call));

    public static ArmAnswer Run(ArmCall call, CosmosAccount account)
    {
        CosmosLifecycle.RefuseIfBusy(account);
        var azure = call.Azure;
        var changes = AccountReader.Changes(call.Properties);
        var regions = AccountReader.Regions(call.Properties) is { } asked && !IsSame(account, asked) ? asked : null;
        Differing(account, changes);
        if (changes.ContainsKey("backupPolicy") && (changes.Count > 1 || regions is not null))
            throw ArmErrors.BadRequest("Cannot update continuous backup mode and other properties at the same time.");

        if (regions is not null && changes.Count > 0)
            throw ArmErrors.BadRequest("Updating other properties while adding or removing regions is not supported.");

        if (changes.Object("backupPolicy").Text("type") == "Periodic" && account.ContinuousSince is not null)
            throw ArmErrors.BadRequest("Continuous backup mode cannot be disabled once it is enabled on the account.");

        var tags = call.Body.Texts("tags");
        var identity = call.Body.Object("identity")?.Copy();
        var failure = CosmosLifecycle.Failure(azure.Settings.Cosmos.FailUpdates, account.Name);
        var operation = CosmosLifecycle.Begin(
            call, account, azure.Settings.Cosmos.UpdateAccountSeconds, "update-account", failure, at =>
            {
                account.State = "Succeeded";
                if (failure is not null)
                    return;

                Lay(account.Properties, changes);
                SetBackups(account, at);
                account.Tags = tags ?? account.Tags;
                account.Identity = identity ?? account.Identity;
                if (regions is not null)
                    SetRegions(azure, account, regions, at);
            });
        account.State = "Updating";
        return Answer(call, account, operation);
    }

    /// <summary>Answers 200 with the headers of an operation (domain/azure.md, section 1.3).</summary>
    public static ArmAnswer Answer(ArmCall call, CosmosAccount account, ArmOperation operation)
    {
        var azure = call.Azure;
        var whole = operation with { Result = () => CosmosJson.Describe(azure, account) };
        return new ArmAnswer(200, CosmosJson.Describe(azure, account)) { Headers = azure.Operations.Headers(call, whole) };
    }

    /// <summary>Lays changes over properties: the consistency policy member by member, everything else whole.</summary>
    public static void Lay(JsonObject properties, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (name == "consistencyPolicy" && value is JsonObject policy && properties[name] is JsonObject existing)
                existing.Lay(policy);
            else
                properties[name] = value?.DeepClone();
        }
    }

    /// <summary>Lets continuous backups begin where the policy is now such.</summary>
    public static void SetBackups(CosmosAccount account, DateTimeOffset at)
    {
        if (account.Properties.Object("backupPolicy").Text("type") == "Continuous")
            account.ContinuousSince ??= at;
    }

    public static void SetRegions(
        AzureSubscription azure, CosmosAccount account, IEnumerable<(string Name, int Priority, bool IsZoneRedundant)> regions,
        DateTimeOffset at)
    {
        var asked = regions.ToArray();
        foreach (var gone in account.LiveRegions.Where(r => !System.Array.Exists(asked, a => a.Name == r.Name)).ToArray())
            gone.DeletedAt = at;

        foreach (var (name, priority, isZoneRedundant) in asked)
        {
            var region = account.LiveRegions.FirstOrDefault(r => r.Name == name);
            if (region is null)
                account.Regions.Add(region = new AccountRegion(name, azure.NewGuid(), at));

            region.FailoverPriority = priority;
            region.IsZoneRedundant = isZoneRedundant;
        }
    }

    private static bool IsSame(CosmosAccount account, IReadOnlyList<(string Name, int Priority, bool IsZoneRedundant)> asked) =>
        account.LiveRegions.Select(r => (r.Name, r.FailoverPriority)).SequenceEqual(asked.OrderBy(a => a.Priority).Select(a => (a.Name, a.Priority)));

    // What is as it was asked for is no change.
    private static void Differing(CosmosAccount account, JsonObject changes)
    {
        foreach (var name in changes.Select(c => c.Key).ToArray())
        {
            var laid = new JsonObject { [name] = account.Properties[name]?.DeepClone() };
            Lay(laid, new JsonObject { [name] = changes[name]?.DeepClone() });
            if (JsonNode.DeepEquals(laid[name], account.Properties[name]))
                changes.Remove(name);
        }
    }
}
