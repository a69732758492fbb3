using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>Reads answers of the Query protocol. An operation without a result answers its own element, which has none of the children asked for.</summary>
internal sealed class QueryServiceUnmarshaller : XmlResponseUnmarshaller
{
    private const string ResponseSuffix = "Response";

    /// <summary>It has no state.</summary>
    public static QueryServiceUnmarshaller Instance { get; } = new();

    /// <inheritdoc/>
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var root = XElement.Load(input.Stream);
        foreach (var element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;

        var name = root.Name.LocalName;
        var result = name.EndsWith(ResponseSuffix, StringComparison.Ordinal) ? name[..^ResponseSuffix.Length] + "Result" : name;
        return new UntypedResponse<XElement> { Body = root.Element(result) ?? root };
    }

    /// <inheritdoc/>
    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
        return new AmazonServiceException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode);
    }
}
