using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Aws;
using ScalarRestore.Sandbox.Aws.DynamoDb;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.Rds;
using ScalarRestore.Sandbox.Aws.Signing;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Hosting;
using ScalarRestore.Sandbox.Kubernetes;

namespace ScalarRestore.Sandbox.Control;

/// <summary>The sandbox's own HTTP interface, for tests and the drill: no fake service, and not under the fault plan.</summary>
internal sealed class ControlServer(
    SandboxState sandbox, AwsCloud aws, AzureCloud azure, KubernetesServer kubernetes, BackgroundWriter writer)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var answer = await AnswerAsync(context.Request);
            context.Response.StatusCode = answer is null ? 404 : 200;
            await context.Response.WriteAsJsonAsync(
                answer ?? new { error = $"No such control: {context.Request.Method} {context.Request.Path}" },
                SandboxJson.Options,
                context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or AwsException or ArmException)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new { error = e.Message }, SandboxJson.Options, context.RequestAborted);
        }
    }

    internal static async Task<string> TextAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
    }

    internal static async Task<T> BodyAsync<T>(HttpRequest request) =>
        JsonSerializer.Deserialize<T>(await TextAsync(request), SandboxJson.Options) ?? throw new JsonException("A body is needed.");

    private async Task<object?> AnswerAsync(HttpRequest request)
    {
        var path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (request.Method, path)
        {
            case ("GET", ["time"]):
                var now = sandbox.Clock.Now;
                return new { now, unixMs = now.ToUnixTimeMilliseconds(), scale = sandbox.Clock.Scale };
            case ("POST", ["time", "advance"]):
                var span = TimeSpan.FromSeconds((await BodyAsync<AdvanceRequest>(request)).Seconds);
                sandbox.Clock.Advance(span > TimeSpan.Zero ? span : throw new ArgumentException("Time only goes forward."));
                return new { now = sandbox.Clock.Now };
            case ("GET", ["settings"]):
                return sandbox.Settings.Current;
            case ("PATCH", ["settings"]):
                sandbox.Settings.Patch(await TextAsync(request));
                return sandbox.Settings.Current;
            case ("GET", ["state"]):
                return State(request.Query["volatile"] != "false");
            case ("GET", ["calls"]):
                var since = int.Parse(request.Query["since"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
                return sandbox.Calls.Calls.Where(c => c.Sequence > since).OrderBy(c => c.Sequence).ToArray();
            case ("GET", ["operations"]):
                return aws.DynamoDb.Regions.SelectMany(Operations).OrderBy(o => o.StartedAt).ToArray();
            case ("DELETE", ["calls"]):
                sandbox.Calls.Clear();
                return new { };
            case ("GET", ["faults"]):
                return sandbox.Faults.Rules;
            case ("PUT", ["faults"]):
                sandbox.Faults.Load(await TextAsync(request));
                return sandbox.Faults.Rules;
            case ("DELETE", ["faults"]):
                sandbox.Faults.Set([]);
                return sandbox.Faults.Rules;
            case ("POST", ["kill-target"]):
                sandbox.KillTarget.ProcessId = (await BodyAsync<KillRequest>(request)).Pid;
                return new { pid = sandbox.KillTarget.ProcessId };
            case ("POST", ["pods", "behaviour"]):
                var behaviour = await BodyAsync<BehaviourRequest>(request);
                kubernetes.SetPodBehaviour(
                    behaviour.Namespace, behaviour.Deployment, Enum.Parse<PodBehaviour>(behaviour.Behaviour, ignoreCase: true));
                return behaviour;
            case ("PUT", ["writer"]):
                await writer.StartAsync(await BodyAsync<WriterPlan>(request));
                return writer.Report();
            case ("GET", ["writer"]):
                return writer.Report();
            case ("DELETE", ["writer"]):
                await writer.StopAsync();
                return writer.Report();
            case (_, ["rds", .. var what]):
                return await RdsControl.AnswerAsync(request, RdsOf(request), what);
            case (_, ["azure", .. var what]):
                return await AzureControl.AnswerAsync(request, azure.Subscription, sandbox.Settings, what);
            case (_, ["tables", var name, var what]):
                return await TableAsync(request, Uri.UnescapeDataString(name), what);
            default:
                return null;
        }
    }

    private static ServiceOperation[] Operations(DynamoDbRegion region)
    {
        lock (region.Lock)
        {
            return [.. region.Operations];
        }
    }

    private RdsRegion RdsOf(HttpRequest request) => aws.Rds.Region(
        request.Query["account"].FirstOrDefault() ?? CredentialStore.DefaultAccount,
        request.Query["region"].FirstOrDefault() ?? AwsCloud.DefaultRegion);

    private async Task<object?> TableAsync(HttpRequest request, string name, string what)
    {
        var region = aws.DynamoDb.Region(
            request.Query["account"].FirstOrDefault() ?? CredentialStore.DefaultAccount,
            request.Query["region"].FirstOrDefault() ?? AwsCloud.DefaultRegion);
        switch (request.Method, what)
        {
            case ("POST", "replicas"):
                var replicas = await BodyAsync<ReplicasRequest>(request);
                return With(region, table => table.Replicas = replicas.Replicas);
            case ("POST", "kms"):
                var kms = await BodyAsync<KmsRequest>(request);
                return With(region, table => table.IsKeyDisabled = kms.Disabled);
            case ("GET", "digest"):
                // What the items were at an instant: what a restore to it must bring back.
                var at = request.Query["at"].FirstOrDefault() is { } text
                    ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture))
                    : DateTimeOffset.MaxValue;
                lock (region.Lock)
                {
                    region.Advance();
                    var items = new ItemStore(region.Get(name).Items.AsOf(at));
                    return new { name, itemCount = items.Count, itemsSha256 = items.Digest() };
                }

            default:
                return null;
        }

        object With(DynamoDbRegion where, Action<Aws.DynamoDb.Model.Table> change)
        {
            lock (where.Lock)
            {
                where.Advance();
                var table = where.Get(name);
                change(table);
                return new { name, replicas = table.Replicas, keyDisabled = table.IsKeyDisabled };
            }
        }
    }

    private JsonObject State(bool includeVolatile)
    {
        var cluster = kubernetes.Dump();
        var state = new JsonObject
        {
            ["kubernetes"] = includeVolatile ? cluster : KubernetesStable.Reduce(cluster),
            ["dynamodb"] = new JsonArray([.. aws.DynamoDb.Regions.Select(r => StateDump.Region(r, includeVolatile))]),
            ["rds"] = new JsonArray([.. aws.Rds.Regions.Select(r => RdsDump.Region(r, includeVolatile))]),
            ["azure"] = AzureDump.Subscription(azure.Subscription, includeVolatile),
            ["scaling"] = new JsonArray([.. aws.Scaling.Regions.Select(r => StateDump.Region(r, includeVolatile))]),
        };
        if (includeVolatile)
            state["now"] = sandbox.Clock.Now;

        return state;
    }

    private sealed record AdvanceRequest(double Seconds);

    private sealed record KillRequest(int Pid);

    private sealed record BehaviourRequest(string Namespace, string Deployment, string Behaviour);

    private sealed record ReplicasRequest(IReadOnlyList<string> Replicas);

    private sealed record KmsRequest(bool Disabled);
}
