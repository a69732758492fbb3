using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Integration.Tests.Workloads;

/// <summary>Texts that are there from the beginning.</summary>
internal sealed class FixedValues(IReadOnlyDictionary<string, string> texts) : IReleaseValuesSource
{
    public ReleaseValues Values => new() { Keys = [.. texts.Keys], Changes = [new EndpointChange { Old = "old", New = "new" }] };

    public Task<IReadOnlyDictionary<string, string>> ReadAsync(ReleaseValues values, HelmReleaseRecord deployed, CancellationToken cancellationToken) => Task.FromResult(texts);
}
