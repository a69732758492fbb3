using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Makes calls of paths and URLs and sends them.</summary>
internal sealed class ArmSender(ArmTransport transport, ArmCalls calls, ArmApiVersions versions, TimeProvider clock)
{
    /// <summary>The cloud.</summary>
    public ArmCloud Cloud => transport.Cloud;

    /// <summary>The engine's clock.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>The API version that a path is called with: its own, or else the one of its type.</summary>
    public string VersionOf(ArmPath path) =>
        path.Query.Split('&').FirstOrDefault(part => part.StartsWith("api-version=", StringComparison.OrdinalIgnoreCase)) is { } own
            ? Uri.UnescapeDataString(own["api-version=".Length..])
            : versions.For(path.ResourceType);

    /// <summary>Calls a path.</summary>
    public Task<ArmAnswer> SendAsync(
        string method, ArmPath path, string version, JsonObject? body, IReadOnlyCollection<int> accepted, CancellationToken cancellationToken)
    {
        var query = path.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("api-version=", StringComparison.OrdinalIgnoreCase));
        var url = new Uri(Cloud.Endpoint, $"{path.Path}?{string.Join('&', query.Prepend($"api-version={Uri.EscapeDataString(version)}"))}");
        return calls.SendAsync(new ArmCall(method, path, path.Path), token => transport.SendAsync(method, url, body, token), accepted, cancellationToken);
    }

    /// <summary>Reads what a URL leads to that an answer named.</summary>
    public Task<ArmAnswer> FollowAsync(Uri url, string target, IReadOnlyCollection<int> accepted, CancellationToken cancellationToken) =>
        calls.SendAsync(new ArmCall("GET", ArmPath.OfUrl(url), target), token => transport.SendAsync("GET", url, body: null, token), accepted, cancellationToken);
}
