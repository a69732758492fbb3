using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Sandbox;

/// <summary>The sandbox's control interface, as far as a drill needs it.</summary>
internal sealed class ControlApi(Uri url) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = url };

    /// <summary>All state, without what is new in every run.</summary>
    public Task<JsonNode> StateAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, "state?volatile=false", body: null, cancellationToken);

    /// <summary>All state, with ids and instants.</summary>
    public Task<JsonNode> WholeStateAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, "state", body: null, cancellationToken);

    /// <summary>Makes a network in which RDS can place databases.</summary>
    public Task SetNetworkAsync(string vpc, JsonObject network, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"rds/networks/{vpc}", network, cancellationToken);

    /// <summary>Sets something up that is there at once.</summary>
    public Task SetAsync(string path, JsonObject body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, path, body, cancellationToken);

    /// <summary>Writes items to a container of Cosmos DB, or rows to a table of a server; null deletes.</summary>
    public Task WriteAsync(string path, JsonObject items, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, items, cancellationToken);

    /// <summary>The items of a container of Cosmos DB, or the rows of a server's table.</summary>
    public async Task<JsonObject> ItemsAsync(string path, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, path, body: null, cancellationToken))["items"]!.AsObject();

    /// <summary>Replaces the fault plan.</summary>
    public Task SetFaultsAsync(JsonArray rules, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, "faults", rules, cancellationToken);

    /// <summary>Lets a writer write to tables for as long as pods with these labels run.</summary>
    public Task StartWriterAsync(JsonObject writer, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, "writer", writer, cancellationToken);

    /// <summary>What the writer did.</summary>
    public Task<JsonNode> WriterAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, "writer", body: null, cancellationToken);

    /// <summary>Takes the writer away.</summary>
    public Task StopWriterAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, "writer", body: null, cancellationToken);

    /// <summary>What DynamoDB was and is busy with.</summary>
    public async Task<JsonArray> OperationsAsync(CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, "operations", body: null, cancellationToken)).AsArray();

    /// <summary>The calls that any service of the sandbox got after one of them.</summary>
    public async Task<JsonArray> CallsAsync(int since, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"calls?since={since}"), body: null, cancellationToken)).AsArray();

    /// <summary>The number of the last call that any service of the sandbox got.</summary>
    public async Task<int> LastCallAsync(CancellationToken cancellationToken)
    {
        var calls = (await SendAsync(HttpMethod.Get, "calls", body: null, cancellationToken)).AsArray();
        return calls.Count == 0 ? 0 : (int)calls[^1]!["sequence"]!;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"The sandbox answered {(int)response.StatusCode} to {method} {path}: {text}");
    }
}
