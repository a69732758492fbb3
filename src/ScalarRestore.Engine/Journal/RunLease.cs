using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Journal;

/// <summary>
/// A Kubernetes Lease that keeps two writers of one journal apart. It is renewed with every record; a holder that has been silent for the
/// lease's duration may be succeeded.
/// </summary>
internal sealed class RunLease
{
    /// <summary>Longer than any wait between two records of a living run would be without renewal, shorter than a person's patience.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private readonly IKubernetesClient _client;
    private readonly string _namespace;
    private readonly string _name;
    private readonly string _holder;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Task _renewing = Task.CompletedTask;
    private string _version = "";
    private DateTimeOffset _renewedAt;
    private RestoreException? _lost;

    private RunLease(IKubernetesClient client, string ns, string name, TimeProvider clock)
    {
        _client = client;
        _namespace = ns;
        _name = name;
        _clock = clock;
        _holder = string.Create(CultureInfo.InvariantCulture, $"{Environment.UserName}@{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");
    }

    /// <summary>Takes the lease of a run.</summary>
    /// <exception cref="RestoreException">Another process holds it and is alive.</exception>
    public static async Task<RunLease> TakeAsync(
        IKubernetesClient client, string ns, string runId, TimeProvider clock, CancellationToken cancellationToken)
    {
        var lease = new RunLease(client, ns, $"scalar-restore-{runId}", clock);
        await lease.TakeAsync(cancellationToken).ConfigureAwait(false);
        lease._renewing = lease.KeepAsync();
        return lease;
    }

    /// <summary>Makes sure that the lease is still ours before something is written.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_lost is not null)
            {
                throw _lost;
            }

            if (_clock.GetUtcNow() - _renewedAt > Duration / 4)
            {
                await WriteAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives the lease back, so that the next process need not wait.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _stop.Dispose();
        _turn.Dispose();
        if (_lost is null)
        {
            await DeleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var options = new JsonObject { ["preconditions"] = new JsonObject { ["resourceVersion"] = _version } };
                await _client.DeleteAsync(KubeResource.Leases, _namespace, _name, options, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RestoreException e) when (string.Equals(e.Id, "ResourceConflict", StringComparison.Ordinal))
            {
                // A renewal of ours was stopped before its answer came, or somebody has succeeded us.
                var found = await _client.FindAsync(KubeResource.Leases, _namespace, _name, cancellationToken).ConfigureAwait(false);
                if (found is null || !IsOurs(found))
                {
                    return;
                }

                Note(found);
            }
        }
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        var found = await _client.FindAsync(KubeResource.Leases, _namespace, _name, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            try
            {
                Note(await _client.CreateAsync(KubeResource.Leases, _namespace, Body(version: null), cancellationToken).ConfigureAwait(false));
                return;
            }
            catch (RestoreException e) when (e.Retryable || string.Equals(e.Id, "ResourceExists", StringComparison.Ordinal))
            {
                found = await _client.GetAsync(KubeResource.Leases, _namespace, _name, cancellationToken).ConfigureAwait(false);
            }
        }

        Note(IsOurs(found) ? found : await SucceedAsync(found, cancellationToken).ConfigureAwait(false));
        await WriteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits for as long as a living holder may be silent, and takes the lease only if nothing moved. Judged by our own clock alone: two
    /// machines' clocks may be a minute apart.
    /// </summary>
    private async Task<JsonObject> SucceedAsync(JsonObject found, CancellationToken cancellationToken)
    {
        var seen = VersionOf(found);
        var until = _clock.GetUtcNow() + Duration;
        while (_clock.GetUtcNow() < until)
        {
            await Task.Delay(Duration / 6, _clock, cancellationToken).ConfigureAwait(false);
            var now = await _client.FindAsync(KubeResource.Leases, _namespace, _name, cancellationToken).ConfigureAwait(false)
                ?? await _client.CreateAsync(KubeResource.Leases, _namespace, Body(version: null), cancellationToken).ConfigureAwait(false);
            if (IsOurs(now))
            {
                return now;
            }

            if (!string.Equals(VersionOf(now), seen, StringComparison.Ordinal))
            {
                throw InUse(HolderOf(now));
            }
        }

        return found;
    }

    private static string VersionOf(JsonObject lease) => lease["metadata"]!["resourceVersion"]!.GetValue<string>();

    private async Task KeepAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Duration / 3, _clock, _stop.Token).ConfigureAwait(false);
                await RenewAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Released.
        }
        catch (RestoreException e)
        {
            // The next record is refused with this; nothing is changed after it.
            _lost = e;
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            Note(await _client.ReplaceAsync(KubeResource.Leases, _namespace, _name, Body(_version), cancellationToken).ConfigureAwait(false));
        }
        catch (RestoreException e) when (e.Retryable || string.Equals(e.Id, "ResourceConflict", StringComparison.Ordinal))
        {
            var found = await _client.GetAsync(KubeResource.Leases, _namespace, _name, cancellationToken).ConfigureAwait(false);
            Note(IsOurs(found) ? found : throw InUse(HolderOf(found)));
        }
    }

    private bool IsOurs(JsonObject lease) => string.Equals(HolderOf(lease), _holder, StringComparison.Ordinal);

    private static string? HolderOf(JsonObject lease) => lease["spec"]?["holderIdentity"]?.GetValue<string>();

    private void Note(JsonObject lease)
    {
        _version = VersionOf(lease);
        _renewedAt = _clock.GetUtcNow();
    }

    private JsonObject Body(string? version)
    {
        var now = _clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var metadata = new JsonObject { ["name"] = _name, ["namespace"] = _namespace };
        if (version is not null)
        {
            metadata["resourceVersion"] = version;
        }

        return new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject
            {
                ["holderIdentity"] = _holder,
                ["leaseDurationSeconds"] = (int)Duration.TotalSeconds,
                ["acquireTime"] = now,
                ["renewTime"] = now,
            },
        };
    }

    private RestoreException InUse(string? holder) => new(
        "JournalInUse",
        FaultCategory.ResourceBusy,
        $"The journal of this run in namespace '{_namespace}' is in use by {holder ?? "another process"}.",
        $"configmap:{_namespace}",
        "Let the other process end, or stop it and wait a minute; then try again. Nothing was changed.");
}
