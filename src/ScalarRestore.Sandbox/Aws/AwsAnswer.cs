using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace ScalarRestore.Sandbox.Aws;

/// <summary>Puts answers and errors on the wire as each protocol wants them.</summary>
internal static class AwsAnswer
{
    // Errors that come from AWS's common front end bear its names, not the service's.
    private static readonly Dictionary<string, string> FrontEndErrors = new(StringComparer.Ordinal)
    {
        ["ValidationException"] = "com.amazon.coral.validate#",
        ["ThrottlingException"] = "com.amazon.coral.availability#",
        ["UnrecognizedClientException"] = "com.amazon.coral.service#",
        ["InvalidSignatureException"] = "com.amazon.coral.service#",
        ["MissingAuthenticationTokenException"] = "com.amazon.coral.service#",
        ["ExpiredTokenException"] = "com.amazon.coral.service#",
        ["UnknownOperationException"] = "com.amazon.coral.service#",
        ["SerializationException"] = "com.amazon.coral.service#",
        ["AccessDeniedException"] = "com.amazon.coral.service#",
    };

    // The front end answers for a service that it does not know.
    private const string UnknownService = "http://webservices.amazon.com/AWSFault/2005-15-09";

    private static long _requests;

    public static async Task WriteAsync(HttpContext context, AwsProtocol protocol, int status, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentLength = body.Length;
        response.ContentType = protocol switch
        {
            AwsProtocol.Json10 => "application/x-amz-json-1.0",
            AwsProtocol.Json11 => "application/x-amz-json-1.1",
            _ => "text/xml",
        };
        response.Headers["x-amzn-RequestId"] = NextRequestId();
        if (protocol is AwsProtocol.Json10)
            response.Headers["x-amz-crc32"] = Crc32.Compute(body.Span).ToString(CultureInfo.InvariantCulture);

        if (!body.IsEmpty)
            await response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static Task WriteErrorAsync(HttpContext context, IAwsService? service, AwsProtocol protocol, AwsException error)
    {
        var body = protocol is AwsProtocol.Query ? Xml(service?.XmlNamespace ?? UnknownService, error) : Json(service?.Name, error);
        return WriteAsync(context, protocol, error.Status, body);
    }

    public static string NextRequestId() => "SANDBOX" + Interlocked.Increment(ref _requests).ToString("D20", CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> Json(string? service, AwsException error)
    {
        var isFrontEnd = FrontEndErrors.TryGetValue(error.Code, out var prefix);
        prefix ??= service == "dynamodb" ? "com.amazonaws.dynamodb.v20120810#" : "";
        var body = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("__type", (service == "dynamodb" ? prefix : "") + error.Code);
            writer.WriteString(service == "dynamodb" && !isFrontEnd && error.WriteMore is not null ? "Message" : "message", error.Message);
            error.WriteMore?.Invoke(writer);
            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private static byte[] Xml(XNamespace ns, AwsException error)
    {
        return Encoding.UTF8.GetBytes(new XElement(ns + "ErrorResponse",
            new XElement(ns + "Error",
                new XElement(ns + "Type", error.Status >= 500 ? "Receiver" : "Sender"),
                new XElement(ns + "Code", error.Code),
                new XElement(ns + "Message", error.Message)),
            new XElement(ns + "RequestId", NextRequestId())).ToString(SaveOptions.DisableFormatting));
    }
}
