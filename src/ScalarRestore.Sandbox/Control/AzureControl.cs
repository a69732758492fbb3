using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Data;
using ScalarRestore.Sandbox.Azure.Resources;
using ScalarRestore.Sandbox.Azure.Servers.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Control;

/// <summary>
/// What a test or a drill sets up in Azure before it begins: resource groups, locks, what is denied, accounts and servers with what is in
/// them. It is there at once, and may be dated back.
/// </summary>
internal static class AzureControl
{
    /// <summary>Answers one call; null where there is no such control.</summary>
    /// <param name="request">The request.</param>
    /// <param name="azure">The subscription.</param>
    /// <param name="settings">Where denials are kept.</param>
    /// <param name="path">What stands behind <c>azure</c> in the path.</param>
    public static async Task<object?> AnswerAsync(HttpRequest request, AzureSubscription azure, SettingsStore settings, string[] path)
    {
        switch (request.Method, path)
        {
            case ("GET", ["groups"]):
                return With(azure, _ => azure.Groups.Values.ToArray());
            case ("PUT", ["groups", var name]):
                var group = await ControlServer.BodyAsync<GroupSeed>(request);
                if (!AzureLocations.IsKnown(group.Location))
                    throw new ArgumentException($"'{group.Location}' is no region of the sandbox.");

                return With(azure, _ => azure.Groups[name] = new ResourceGroup(
                    name, AzureLocations.Name(group.Location), group.Tags ?? new Dictionary<string, string>(StringComparer.Ordinal)));
            case ("GET", ["locks"]):
                return With(azure, _ => azure.Locks.ToArray());
            case ("PUT", ["locks"]):
                var locks = await ControlServer.BodyAsync<ManagementLock[]>(request);
                return With(azure, _ =>
                {
                    azure.Locks.Clear();
                    azure.Locks.AddRange(locks.Select(l => Checked(azure, l)));
                    return azure.Locks.ToArray();
                });
            case ("GET", ["operations"]):
                return With(azure, now => AzureDump.Operations(azure, now));
            case ("GET", ["denials"]):
                return settings.Current.Azure.DeniedActions;
            case ("PUT", ["denials"]):
                var denials = await ControlServer.BodyAsync<string[]>(request);
                settings.Patch(new JsonObject
                {
                    ["azure"] = new JsonObject { ["deniedActions"] = JsonSerializer.SerializeToNode(denials, SandboxJson.Options) },
                }.ToJsonString());
                return settings.Current.Azure.DeniedActions;
            case (_, ["cosmos", "accounts", var account, .. var what]):
                return await CosmosControl.AnswerAsync(request, azure, account, what);
            case (_, ["mysql", "servers", var server, .. var what]):
                return await ServerControl.AnswerAsync(request, azure, ServerEngine.MySql, server, what);
            case (_, ["postgresql", "servers", var server, .. var what]):
                return await ServerControl.AnswerAsync(request, azure, ServerEngine.PostgreSql, server, what);
            case ("PUT", ["mysql", "single-servers", var server]):
                return await ServerControl.PutSingleAsync(request, azure, ServerEngine.MySql, server);
            case ("PUT", ["postgresql", "single-servers", var server]):
                return await ServerControl.PutSingleAsync(request, azure, ServerEngine.PostgreSql, server);
            default:
                return null;
        }
    }

    /// <summary>Does something inside the subscription's lock, at an instant.</summary>
    internal static T With<T>(AzureSubscription azure, Func<DateTimeOffset, T> action)
    {
        lock (azure.Lock)
        {
            return action(azure.Advance());
        }
    }

    /// <summary>The items of an instant: what a restore to it must bring back.</summary>
    internal static JsonObject Items(HttpRequest request, ItemHistory items)
    {
        var at = request.Query["at"].FirstOrDefault() is { } text
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture))
            : DateTimeOffset.MaxValue;
        var json = items.ToJson(at);
        return new JsonObject
        {
            ["itemCount"] = json.Count,
            ["itemsSha256"] = ItemHistory.Digest(json),
            ["items"] = json,
        };
    }

    internal static string Required(HttpRequest request, string name) => request.Query[name].FirstOrDefault()
        ?? throw new ArgumentException($"The query needs '{name}'.");

    private static ManagementLock Checked(AzureSubscription azure, ManagementLock held)
    {
        if (held.Level is not ("ReadOnly" or "CanNotDelete"))
            throw new ArgumentException("A lock's level is ReadOnly or CanNotDelete.");

        // Short forms begin at the subscription.
        return held.Scope.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase)
            ? held
            : held with { Scope = $"/subscriptions/{azure.Id}{held.Scope}" };
    }

    private sealed record GroupSeed(string Location, IReadOnlyDictionary<string, string>? Tags);
}
