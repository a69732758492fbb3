using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Cosmos.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure.Cosmos;

/// <summary>How accounts come, change and go as time passes.</summary>
internal static class CosmosLifecycle
{
    /// <summary>Begins a write of an account, which keeps all others out until it is over.</summary>
    /// <param name="call">The call.</param>
    /// <param name="account">The account.</param>
    /// <param name="time">How long it takes.</param>
    /// <param name="kind">What it is, for the draw of its time.</param>
    /// <param name="failure">The code that it fails with; null where it succeeds.</param>
    /// <param name="done">What has changed at the end.</param>
    public static ArmOperation Begin(
        ArmCall call, CosmosAccount account, ServiceTime time, string kind, string? failure, Action<DateTimeOffset> done)
    {
        RefuseIfBusy(account);
        account.IsBusy = true;
        var azure = call.Azure;
        var endsAt = call.Now + azure.Draw(time, kind, account.Name);
        azure.Timeline.At(endsAt, () =>
        {
            account.IsBusy = false;
            done(endsAt);
        });
        var operation = azure.Operations.Begin(
            call, azure.NewGuid(), "Microsoft.DocumentDB", account.Location, CosmosJson.Id(azure, account), endsAt);
        return operation with
        {
            RetryAfter = azure.Settings.Cosmos.RetryAfterSeconds,
            Error = failure is null ? null : (failure, $"The operation on database account {account.Name} failed: {failure}."),
        };
    }

    public static void RefuseIfBusy(CosmosAccount account)
    {
        if (account.IsBusy)
            throw CosmosErrors.Busy(account.Name);
    }

    /// <summary>Answers a write of something inside an account: 202, and the resource at the end.</summary>
    public static ArmAnswer Child(
        ArmCall call, CosmosAccount account, string resourceId, Action<DateTimeOffset> done, Func<JsonNode?> result)
    {
        var operation = Begin(call, account, call.Azure.Settings.Cosmos.ResourceSeconds, "resource", failure: null, done) with
        {
            ResourceId = resourceId,
            Result = result,
        };
        return new ArmAnswer(202, new JsonObject { ["status"] = "Enqueued" }) { Headers = call.Azure.Operations.Headers(call, operation) };
    }

    /// <summary>The failure that the settings want for a name; null for none.</summary>
    public static string? Failure(IReadOnlyDictionary<string, string?> wanted, string name) =>
        wanted.FirstOrDefault(w => Glob.Matches(w.Key, name)).Value;

    public static string[] NewKeys(AzureSubscription azure) => [.. Enumerable.Range(0, 4).Select(_ => azure.NewText(84) + "==")];

    public static string NewRid(AzureSubscription azure) => azure.NewText(6) + "==";
}
