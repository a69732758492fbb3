using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Testing;

/// <summary>The sandbox's control interface: state, calls, faults, the writer, settings.</summary>
public sealed class SandboxControl : IDisposable
{
    private readonly HttpClient _http;

    internal SandboxControl(Uri url) => _http = new HttpClient { BaseAddress = url };

    /// <summary>Every table, backup, scaling target and Kubernetes object. Without what is new in every run, two states can be compared as
    /// text.</summary>
    public Task<JsonNode> StateAsync(bool includeVolatile = true) => GetAsync(includeVolatile ? "state" : "state?volatile=false");

    /// <summary>The call log from after that sequence number.</summary>
    public async Task<IReadOnlyList<SandboxCall>> CallsAsync(int since = 0) =>
        await _http.GetFromJsonAsync<SandboxCall[]>($"calls?since={since}") ?? [];

    public Task ClearCallsAsync() => SendAsync(HttpMethod.Delete, "calls");

    /// <summary>Replaces the fault plan: rules as JSON text, for example
    /// <c>{"service":"dynamodb","operation":"Describe*","effect":"throttle","times":2}</c>.</summary>
    public Task SetFaultsAsync(params string[] rules) => SendAsync(HttpMethod.Put, "faults", $"[{string.Join(',', rules)}]");

    /// <summary>The rules with their <c>matched</c> and <c>hits</c>.</summary>
    public Task<JsonNode> FaultsAsync() => GetAsync("faults");

    public Task ClearFaultsAsync() => SendAsync(HttpMethod.Delete, "faults");

    /// <summary>Names the process that a kill fault ends.</summary>
    public Task SetKillTargetAsync(int processId) => SendAsync(HttpMethod.Post, "kill-target", $$"""{"pid":{{processId}}}""");

    /// <summary>Lays JSON over the settings.</summary>
    public Task PatchSettingsAsync(string json) => SendAsync(HttpMethod.Patch, "settings", json);

    public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Any control call. Throws with the sandbox's own words when it refuses.</summary>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    public void Dispose() => _http.Dispose();
}
