using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers;

/// <summary>How servers come, change and go as time passes.</summary>
internal static class ServerLifecycle
{
    /// <summary>Adds a server that is not found for a while, then is there, and then is Ready.</summary>
    public static ArmAnswer Start(ArmCall call, FlexibleServer server, ServerTask task)
    {
        var azure = call.Azure;
        var servers = azure.Servers(server.Engine);
        var settings = server.Engine.Settings(azure.Settings);
        var time = azure.Draw(task.Time, task.Kind, server.Origin);
        var seenAt = call.Now + (time * Math.Clamp(settings.UnseenShare, 0, 1));
        server.IsUnseen = true;
        server.IsBusy = true;
        servers.Servers.Add(server.Name, server);
        azure.Timeline.At(seenAt, () => server.IsUnseen = false);
        var operation = Operation(call, server, call.Now + time, task.Failure);
        azure.Timeline.At(operation.EndsAt, () =>
        {
            server.IsBusy = false;
            if (task.Failure is not null)
            {
                // Nothing stays of a restore that failed.
                servers.Servers.Remove(server.Name);
                return;
            }

            server.State = "Ready";
            task.Done?.Invoke(operation.EndsAt);
            var backedUpAt = operation.EndsAt + azure.Draw(settings.FirstBackupSeconds, "first-backup", server.Name);
            azure.Timeline.At(backedUpAt, () => server.BackedUpAt = backedUpAt);
        });
        return Answer(call, operation, task.Operation);
    }

    /// <summary>Changes a server, which has another state meanwhile.</summary>
    public static ArmAnswer Change(ArmCall call, FlexibleServer server, string state, ServerTask task)
    {
        server.State = state;
        return Run(call, server, task, isChild: false);
    }

    /// <summary>Changes something that belongs to a server, which stays as it is.</summary>
    public static ArmAnswer Child(
        ArmCall call, FlexibleServer server, string operation, Action<DateTimeOffset> done, Func<JsonNode?> result)
    {
        RefuseUnlessReady(server);
        var settings = server.Engine.Settings(call.Azure.Settings);
        return Run(call, server, new ServerTask(operation, settings.ChildSeconds, "child") { Done = done, Result = result }, isChild: true);
    }

    public static void RefuseUnlessReady(FlexibleServer server)
    {
        if (server.IsBusy)
            throw ServerErrors.Busy(server.Name);

        if (server.State != "Ready")
            throw ServerErrors.State(server.Name, server.State);
    }

    private static ArmAnswer Run(ArmCall call, FlexibleServer server, ServerTask task, bool isChild)
    {
        var azure = call.Azure;
        server.IsBusy = true;
        var operation = Operation(call, server, call.Now + azure.Draw(task.Time, task.Kind, server.Name), task.Failure);
        if (task.Result is { } result)
            operation = operation with { Result = result };

        azure.Timeline.At(operation.EndsAt, () =>
        {
            server.IsBusy = false;
            if (!isChild)
                server.State = "Ready";

            task.Done?.Invoke(operation.EndsAt);
        });
        return Answer(call, operation, task.Operation);
    }

    private static ArmOperation Operation(ArmCall call, FlexibleServer server, DateTimeOffset endsAt, string? failure)
    {
        var azure = call.Azure;
        var engine = server.Engine;
        return azure.Operations.Begin(
            call, azure.NewGuid(), engine.Provider, server.Location, ServerJson.Id(azure, server), endsAt) with
        {
            RetryAfter = engine.Settings(azure.Settings).RetryAfterSeconds,
            Error = failure is null ? null : (failure, $"The operation on server '{server.Name}' failed: {failure}."),
            Result = () => azure.Servers(engine).Servers.ContainsKey(server.Name)
                ? ServerJson.Describe(azure, server, azure.Advance())
                : null,
        };
    }

    // What is answered is the operation, no resource.
    private static ArmAnswer Answer(ArmCall call, ArmOperation operation, string name) =>
        new(202, new JsonObject { ["operation"] = name, ["startTime"] = AzureTime.Fine(call.Now) })
        {
            Headers = call.Azure.Operations.Headers(call, operation),
        };
}
