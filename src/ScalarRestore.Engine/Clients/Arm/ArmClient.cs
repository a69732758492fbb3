using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>The client over the SDK's pipeline.</summary>
internal sealed class ArmClient(ArmSender sender) : IArmClient
{
    /// <inheritdoc/>
    public ArmCloud Cloud => sender.Cloud;

    /// <inheritdoc/>
    public async Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken)
    {
        var of = ArmPath.Of(path);
        var answer = await sender.SendAsync("GET", of, sender.VersionOf(of), body: null, [], cancellationToken).ConfigureAwait(false);
        return answer.Body ?? throw ArmFaults.NotUnderstood(answer, new ArmCall("GET", of, of.Path));
    }

    /// <inheritdoc/>
    public async Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException fault) when (fault.Id == ArmFaults.NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var of = ArmPath.Of(path);
        var call = new ArmCall("GET", of, of.Path);
        var answer = await sender.SendAsync("GET", of, sender.VersionOf(of), body: null, [], cancellationToken).ConfigureAwait(false);
        var items = new List<JsonObject>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            if (answer.Body is not { } page || page["value"] is not JsonArray value)
                throw ArmFaults.NotUnderstood(answer, call);

            items.AddRange(value.OfType<JsonObject>());
            if (ArmStates.Text(page["nextLink"]) is not { } next)
                return items;
            if (!Uri.TryCreate(Cloud.Endpoint, next, out var url) || !seen.Add(url.AbsoluteUri))
                throw ArmFaults.NotUnderstood(answer, call);

            answer = await sender.FollowAsync(url, of.Path, [], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken)
    {
        var of = ArmPath.Of(path);
        var answer = await sender.SendAsync("HEAD", of, sender.VersionOf(of), body: null, [404], cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess;
    }

    /// <inheritdoc/>
    public Task<ArmPoll> PutAsync(string path, JsonObject body, CancellationToken cancellationToken) => BeginAsync("PUT", path, body, [], cancellationToken);

    /// <inheritdoc/>
    public Task<ArmPoll> PatchAsync(string path, JsonObject body, CancellationToken cancellationToken) => BeginAsync("PATCH", path, body, [], cancellationToken);

    /// <inheritdoc/>
    public Task<ArmPoll> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken) => BeginAsync("POST", path, body, [], cancellationToken);

    /// <inheritdoc/>
    public Task<ArmPoll> DeleteAsync(string path, CancellationToken cancellationToken) => BeginAsync("DELETE", path, body: null, [404], cancellationToken);

    /// <inheritdoc/>
    public ArmPoll Resume(ArmOperation operation) => new(sender, operation);

    private async Task<ArmPoll> BeginAsync(string method, string path, JsonObject? body, IReadOnlyCollection<int> accepted, CancellationToken cancellationToken)
    {
        var of = ArmPath.Of(path);
        var operation = new ArmOperation
        {
            Method = method,
            ResourceId = method == "POST" ? of.Parent : of.Path,
            ApiVersion = sender.VersionOf(of),
            StartedAt = sender.Clock.GetUtcNow(),
        };
        var answer = await sender.SendAsync(method, of, operation.ApiVersion, body, accepted, cancellationToken).ConfigureAwait(false);
        return new ArmPoll(sender, operation, answer);
    }
}
