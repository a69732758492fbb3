using System.Text;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace ScalarRestore.Drill.World;

/// <summary>Application Auto Scaling as Schema Loader uses it. The feed has no package for it, so the requests are signed by hand.</summary>
internal sealed class ScalingApi(Uri endpoint, string region, string accessKey, string secretKey) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>Registers the targets and policies of a table and its indexes.</summary>
    public async Task RegisterAsync(TableSpec table, CancellationToken cancellationToken)
    {
        var resources = new[] { ($"table/{table.Name}", "table") }
            .Concat(table.Indexed.Select(column => ($"table/{table.Name}/index/{table.IndexName(column)}", "index")));
        foreach (var (resource, kind) in resources)
        {
            foreach (var direction in new[] { "Read", "Write" })
            {
                var dimension = $"dynamodb:{kind}:{direction}CapacityUnits";
                await CallAsync(
                    "RegisterScalableTarget",
                    new JsonObject { ["ServiceNamespace"] = "dynamodb", ["ResourceId"] = resource, ["ScalableDimension"] = dimension, ["MinCapacity"] = table.Units, ["MaxCapacity"] = table.Units },
                    cancellationToken);
                await CallAsync(
                    "PutScalingPolicy",
                    new JsonObject
                    {
                        ["PolicyName"] = $"{resource}-{(kind == "index" ? "index-" : "")}{direction.ToLowerInvariant()}",
                        ["ServiceNamespace"] = "dynamodb",
                        ["ResourceId"] = resource,
                        ["ScalableDimension"] = dimension,
                        ["PolicyType"] = "TargetTrackingScaling",
                        ["TargetTrackingScalingPolicyConfiguration"] = new JsonObject
                        {
                            ["TargetValue"] = 70.0,
                            ["PredefinedMetricSpecification"] = new JsonObject { ["PredefinedMetricType"] = $"DynamoDB{direction}CapacityUtilization" },
                            ["ScaleInCooldown"] = 60,
                            ["ScaleOutCooldown"] = 60,
                        },
                    },
                    cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task CallAsync(string operation, JsonObject body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var request = new DefaultRequest(new ListTablesRequest(), "application-autoscaling")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Endpoint = endpoint,
            Content = bytes,
            AuthenticationRegion = region,
            OverrideSigningServiceName = "application-autoscaling",
        };
        request.Headers["Content-Type"] = "application/x-amz-json-1.1";
        request.Headers["X-Amz-Target"] = $"AnyScaleFrontendService.{operation}";
        var config = new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = region };
        var signature = new AWS4Signer().SignRequest(request, config, metrics: null, accessKey, secretKey);

        using var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(bytes) };
        foreach (var (key, value) in request.Headers.Where(header => !header.Key.Equals("host", StringComparison.OrdinalIgnoreCase)))
        {
            if (!message.Headers.TryAddWithoutValidation(key, value))
            {
                message.Content.Headers.TryAddWithoutValidation(key, value);
            }
        }

        message.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        using var response = await _http.SendAsync(message, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{operation}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
