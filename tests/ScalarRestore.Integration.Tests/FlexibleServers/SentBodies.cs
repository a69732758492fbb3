using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ScalarRestore.Integration.Tests.FlexibleServers;

/// <summary>Writes down what goes over the wire to the sandbox: method, path, and body.</summary>
internal sealed class SentBodies(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public ConcurrentQueue<(string Method, string Path, string Query, JsonNode? Body)> All { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get)
        {
            var text = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            All.Enqueue((request.Method.Method, request.RequestUri!.AbsolutePath, request.RequestUri.Query, text.Length == 0 ? null : JsonNode.Parse(text)));
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
