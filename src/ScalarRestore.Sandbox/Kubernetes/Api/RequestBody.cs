using System.Buffers;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>
/// The body of a request, read whole. The content type is looked at only where it means something: some clients send none,
/// and some send protobuf.
/// </summary>
internal sealed class RequestBody(byte[] bytes, string contentType)
{
    public const string Protobuf = "application/vnd.kubernetes.protobuf";

    /// <summary>The media type without parameters; empty where none was sent.</summary>
    public string ContentType { get; } = contentType;

    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                break;
            }

            buffer.Advance(read);
        }

        return new RequestBody(buffer.WrittenSpan.ToArray(), (request.ContentType ?? "").Split(';')[0].Trim());
    }

    /// <summary>The body as JSON; null where it is empty.</summary>
    /// <exception cref="ApiException">400 where the body cannot be read.</exception>
    public JsonNode? Parse()
    {
        if (bytes.Length == 0)
        {
            return null;
        }

        try
        {
            return ContentType == Protobuf ? ProtobufBody.Read(bytes) : JsonPaths.Parse(bytes);
        }
        catch (FormatException e)
        {
            throw ApiException.BadRequest($"the object provided is unrecognized: {e.Message}");
        }
    }

    public JsonObject ParseObject() => Parse() as JsonObject ?? throw ApiException.BadRequest("the body of the request must be an object");
}
