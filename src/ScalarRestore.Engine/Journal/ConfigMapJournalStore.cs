using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Journal;

/// <summary>
/// A journal in ConfigMaps of a namespace, for jobs whose disk does not last. Each record is a key of its own, so that appending is one
/// small patch; a new ConfigMap is begun before one gets near the limit of 1 MiB. A Lease keeps a second writer out.
/// </summary>
internal sealed class ConfigMapJournalStore : IJournalStore
{
    /// <summary>The label that every ConfigMap of a journal carries, with the run's id.</summary>
    public const string RunLabel = "scalarrestore.io/run";

    private const int MaxBytes = 700 * 1024;

    private readonly IKubernetesClient _client;
    private readonly string _namespace;
    private readonly string _runId;
    private readonly RunLease? _lease;
    private int _lines;
    private int _part;
    private int _partBytes;
    private bool _partExists;

    private ConfigMapJournalStore(IKubernetesClient client, string ns, string runId, RunLease? lease)
    {
        _client = client;
        _namespace = ns;
        _runId = runId;
        _lease = lease;
    }

    /// <inheritdoc/>
    public string Location => $"configmap:{_namespace}";

    /// <summary>Opens a journal for writing; creates it if it is new.</summary>
    /// <exception cref="RestoreException">Another process holds it.</exception>
    public static async Task<ConfigMapJournalStore> OpenForWritingAsync(
        IKubernetesClient client, string ns, string runId, TimeProvider clock, CancellationToken cancellationToken) =>
        new(client, ns, runId, await RunLease.TakeAsync(client, ns, runId, clock, cancellationToken).ConfigureAwait(false));

    /// <summary>Opens a journal for a look.</summary>
    public static ConfigMapJournalStore OpenForReading(IKubernetesClient client, string ns, string runId) => new(client, ns, runId, lease: null);

    /// <summary>The ids of the runs whose journals are in a namespace, newest first.</summary>
    public static async Task<IReadOnlyList<string>> RunIdsAsync(IKubernetesClient client, string ns, CancellationToken cancellationToken)
    {
        var maps = await client.ListAsync(KubeResource.ConfigMaps, ns, RunLabel, cancellationToken).ConfigureAwait(false);
        return [.. maps.Select(map => map["metadata"]!["labels"]![RunLabel]!.GetValue<string>()).Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<JournalText> ReadAsync(CancellationToken cancellationToken)
    {
        var maps = await _client.ListAsync(KubeResource.ConfigMaps, _namespace, $"{RunLabel}={_runId}", cancellationToken).ConfigureAwait(false);
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var map in maps.OrderBy(map => map["metadata"]!["name"]!.GetValue<string>(), StringComparer.Ordinal))
        {
            _part = int.Parse(map["metadata"]!["name"]!.GetValue<string>()[^4..], CultureInfo.InvariantCulture);
            _partBytes = 0;
            _partExists = true;
            foreach (var (key, value) in map["data"]?.AsObject() ?? [])
            {
                var stored = value!.GetValue<string>();
                lines[key] = PackedLine.Unpack(stored);
                _partBytes += Encoding.UTF8.GetByteCount(stored);
            }
        }

        _lines = lines.Count;

        // A patch is taken whole or not at all: nothing is ever torn here.
        return new JournalText([.. lines.Values], Torn: null);
    }

    /// <inheritdoc/>
    public Task DropTornAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task AppendAsync(string line, CancellationToken cancellationToken)
    {
        if (_lease is null)
        {
            throw new InvalidOperationException("This journal was opened for a look.");
        }

        await _lease.RenewAsync(cancellationToken).ConfigureAwait(false);
        var stored = PackedLine.Pack(line);
        var bytes = Encoding.UTF8.GetByteCount(stored);
        if (bytes > MaxBytes)
        {
            throw new RestoreException(
                "JournalTooLarge",
                FaultCategory.LimitsExceeded,
                $"A record of this run takes {bytes} bytes even when packed, and a ConfigMap of namespace '{_namespace}' holds 1 MiB. Nothing was changed by it.",
                Location,
                "Keep the journal in a folder (-JournalPath), or restore fewer tables in one run.");
        }

        if (_partExists && _partBytes + bytes > MaxBytes)
        {
            (_part, _partBytes, _partExists) = (_part + 1, 0, false);
        }

        var data = new JsonObject { [string.Create(CultureInfo.InvariantCulture, $"r{_lines + 1:0000000}")] = stored };
        if (_partExists)
        {
            // The same key with the same text again is no change, so a lost answer may be repeated.
            await _client.PatchAsync(KubeResource.ConfigMaps, _namespace, Name, KubePatchType.Merge, new JsonObject { ["data"] = data }, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await CreatePartAsync(data, cancellationToken).ConfigureAwait(false);
        }

        (_lines, _partBytes, _partExists) = (_lines + 1, _partBytes + bytes, true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lease is not null)
        {
            await _lease.ReleaseAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private string Name => string.Create(CultureInfo.InvariantCulture, $"scalar-restore-{_runId}-{_part:0000}");

    private async Task CreatePartAsync(JsonObject data, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject { ["name"] = Name, ["namespace"] = _namespace, ["labels"] = new JsonObject { [RunLabel] = _runId } },
            ["data"] = data,
        };
        try
        {
            await _client.CreateAsync(KubeResource.ConfigMaps, _namespace, body, cancellationToken).ConfigureAwait(false);
        }
        catch (RestoreException e) when (e.Retryable || string.Equals(e.Id, "ResourceExists", StringComparison.Ordinal))
        {
            // The answer to our own creation may have been lost; the lease keeps everybody else out. A patch settles it either way.
            if (await _client.FindAsync(KubeResource.ConfigMaps, _namespace, Name, cancellationToken).ConfigureAwait(false) is null)
            {
                throw;
            }

            await _client.PatchAsync(KubeResource.ConfigMaps, _namespace, Name, KubePatchType.Merge, new JsonObject { ["data"] = data.DeepClone() }, cancellationToken).ConfigureAwait(false);
        }
    }
}
