using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ScalarRestore.Integration.Tests.Cosmos;

/// <summary>Sends on, and remembers every token that is sent and every address of an operation that comes back: nobody else may.</summary>
internal sealed class CanaryTransport(HttpPipelineTransport inner) : HttpPipelineTransport
{
    private readonly ConcurrentDictionary<string, byte> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _addresses = new(StringComparer.Ordinal);

    /// <summary>The tokens.</summary>
    public ICollection<string> Tokens => _tokens.Keys;

    /// <summary>What signs the addresses of operations.</summary>
    public ICollection<string> Addresses => _addresses.Keys;

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message)
    {
        inner.Process(message);
        Note(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await inner.ProcessAsync(message);
        Note(message);
    }

    private void Note(HttpMessage message)
    {
        if (message.Request.Headers.TryGetValue("Authorization", out var token) && token is not null)
            _tokens[token["Bearer ".Length..]] = 0;

        foreach (var header in new[] { "Azure-AsyncOperation", "Location" })
        {
            if (message.Response.Headers.TryGetValue(header, out var text) && Uri.TryCreate(text, UriKind.Absolute, out var address))
                _addresses[address.Query] = 0;
        }
    }
}
