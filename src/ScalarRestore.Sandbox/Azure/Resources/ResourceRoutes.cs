using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScalarRestore.Sandbox.Azure.Arm;

namespace ScalarRestore.Sandbox.Azure.Resources;

/// <summary>What Azure Resource Manager answers itself: subscriptions, regions, groups, resources, locks and operations.</summary>
internal static partial class ResourceRoutes
{
    private const string LockType = "Microsoft.Authorization/locks";
    private const string Subscription = "/subscriptions/{subscription}";
    private const string Location = Subscription + "/providers/{provider}/locations/{location}";
    private const string Group = Subscription + "/resourceGroups/{group}";

    public static IEnumerable<ArmRoute> All { get; } =
    [
        new("GET", "/subscriptions", "arm", "ListSubscriptions", c => ArmList.Page(c, [Describe(c.Azure)])),
        new("GET", Subscription, "arm", "GetSubscription", c => ArmAnswer.Ok(Describe(c.Azure))),
        new("GET", "/tenants", "arm", "ListTenants", ListTenants),
        new("GET", Subscription + "/locations", "arm", "ListLocations", ListLocations),
        new("GET", Subscription + "/resources", "arm", "ListResources", c => ListResources(c, group: null)),
        new("GET", Subscription + "/resourceGroups", "arm", "ListResourceGroups", ListGroups),
        new("GET", Group, "arm", "GetResourceGroup", c => ArmAnswer.Ok(Describe(c.Azure, c.Azure.GetGroup(c["group"])))),
        new("GET", Group + "/resources", "arm", "ListResources", c => ListResources(c, c.Azure.GetGroup(c["group"]))),
        new("GET", Location + "/operationsStatus/{operation}", "arm", "OperationStatus", c => c.Azure.Operations.Status(c)),
        new("GET", Location + "/azureAsyncOperation/{operation}", "arm", "OperationStatus", c => c.Azure.Operations.Status(c)),
        new("GET", Location + "/operationResults/{operation}", "arm", "OperationResult", c => c.Azure.Operations.Result(c)),
        new("GET", Subscription + "/providers/" + LockType, "arm", "ListLocks", ListLocks),
        new("GET", Group + "/providers/" + LockType, "arm", "ListLocks", ListLocks),
        new("GET", Group + "/providers/{provider}/{type}/{name}/providers/" + LockType, "arm", "ListLocks", ListLocks),
    ];

    private static JsonObject Describe(AzureSubscription azure) => new()
    {
        ["id"] = $"/subscriptions/{azure.Id}",
        ["subscriptionId"] = azure.Id,
        ["tenantId"] = Identity.TokenStore.TenantId,
        ["displayName"] = "Sandbox",
        ["state"] = "Enabled",
        ["authorizationSource"] = "RoleBased",
        ["subscriptionPolicies"] = new JsonObject { ["locationPlacementId"] = "Public_2014-09-01", ["spendingLimit"] = "Off" },
    };

    private static JsonObject Describe(AzureSubscription azure, ResourceGroup group) => new()
    {
        ["id"] = azure.GroupId(group.Name),
        ["name"] = group.Name,
        ["type"] = "Microsoft.Resources/resourceGroups",
        ["location"] = group.Location,
        ["tags"] = JsonNodes.Of(group.Tags),
        ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" },
    };

    private static ArmAnswer ListGroups(ArmCall call) =>
        ArmList.Page(call, call.Azure.Groups.Values.Select(g => Describe(call.Azure, g)));

    private static ArmAnswer ListTenants(ArmCall call) => ArmList.Page(
        call,
        [
            new JsonObject
            {
                ["id"] = $"/tenants/{Identity.TokenStore.TenantId}",
                ["tenantId"] = Identity.TokenStore.TenantId,
                ["displayName"] = "Sandbox",
                ["tenantCategory"] = "Home",
            },
        ]);

    private static ArmAnswer ListLocations(ArmCall call) => ArmList.Page(call, AzureLocations.All.Select(l => new JsonObject
    {
        ["id"] = $"/subscriptions/{call.Azure.Id}/locations/{l.Name}",
        ["name"] = l.Name,
        ["type"] = "Region",
        ["displayName"] = l.DisplayName,
        ["regionalDisplayName"] = l.DisplayName,
        ["metadata"] = new JsonObject
        {
            ["regionType"] = "Physical",
            ["regionCategory"] = "Recommended",
            ["pairedRegion"] = new JsonArray(new JsonObject
            {
                ["name"] = l.Pair, ["id"] = $"/subscriptions/{call.Azure.Id}/locations/{l.Pair}",
            }),
        },
    }));

    // Whole resources are cut to what this list has of each.
    private static ArmAnswer ListResources(ArmCall call, ResourceGroup? group)
    {
        var filter = call.Request.Query.GetValueOrDefault("$filter");
        var type = filter is null ? null : TypeFilter().Match(filter) is { Success: true } match ? match.Groups[1].Value
            : throw new ArmException(400, "InvalidFilterInQueryString", $"Invalid $filter '{filter}' specified in the query string.");
        return ArmList.Page(call, call.Azure.Resources(call.Now)
            .Where(r => type is null || string.Equals(r.Text("type"), type, StringComparison.OrdinalIgnoreCase))
            .Where(r => group is null || IsIn(r, call.Azure.GroupId(group.Name)))
            .Select(r => new JsonObject(
                r.Where(m => m.Key is not ("properties" or "systemData")).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())))));
    }

    private static bool IsIn(JsonObject resource, string groupId) =>
        resource.Text("id")!.StartsWith(groupId + "/", StringComparison.OrdinalIgnoreCase);

    // Locks below the scope are listed too, as is one on a group for a resource in it.
    private static ArmAnswer ListLocks(ArmCall call)
    {
        var path = call.Request.PathText;
        var scope = path[..path.LastIndexOf("/providers/Microsoft.Authorization", StringComparison.OrdinalIgnoreCase)];
        return ArmList.Page(call, call.Azure.Locks
            .Where(l => Contains(scope, l.Scope) || Contains(l.Scope, scope))
            .Select(l => new JsonObject
            {
                ["id"] = $"{l.Scope}/providers/{LockType}/{l.Name}",
                ["name"] = l.Name,
                ["type"] = LockType,
                ["properties"] = new JsonObject { ["level"] = l.Level, ["notes"] = l.Notes },
            }));
    }

    private static bool Contains(string scope, string other) => (other + "/").StartsWith(scope + "/", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*resourceType\s+eq\s+'([^']+)'\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TypeFilter();
}
