using System.Net;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>Reads answers of the JSON 1.1 protocol; an empty one is an empty object.</summary>
internal sealed class JsonServiceUnmarshaller : JsonResponseUnmarshaller
{
    /// <summary>It has no state.</summary>
    public static JsonServiceUnmarshaller Instance { get; } = new();

    /// <inheritdoc/>
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => new UntypedResponse<JsonObject>
    {
        Body = input.ResponseData.ContentLength == 0 ? [] : JsonNode.Parse(input.Stream)?.AsObject() ?? [],
    };

    /// <inheritdoc/>
    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return new AmazonServiceException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
    }
}
