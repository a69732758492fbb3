using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Signing;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.Sts;

/// <summary>The Security Token Service: says who one is, and gives out sessions of roles, in whatever account the role is.</summary>
internal sealed class StsService(SandboxClock clock, CredentialStore credentials) : IAwsService
{
    private static readonly XNamespace Ns = "https://sts.amazonaws.com/doc/2011-06-15/";

    public string Name => "sts";

    public string? TargetPrefix => null;

    public AwsProtocol Protocol => AwsProtocol.Query;

    public string ThrottleCode => "Throttling";

    public string? XmlNamespace => Ns.NamespaceName;

    public bool IsAnonymous(string operation) => operation == "AssumeRoleWithWebIdentity";

    public CallDescription Describe(AwsRequest request) =>
        new(Name, request.Operation, request.Form.GetValueOrDefault("RoleArn"), IsWrite: false);

    public void Handle(AwsRequest request, AwsCaller caller, IBufferWriter<byte> body)
    {
        var result = request.Operation switch
        {
            "GetCallerIdentity" =>
                Result(request, Element("Arn", caller.Arn), Element("UserId", caller.UserId), Element("Account", caller.Account)),
            "AssumeRole" => AssumeRole(request),
            "AssumeRoleWithWebIdentity" => Required(request, "WebIdentityToken") is { } token
                ? AssumeRole(
                    request, Element("SubjectFromWebIdentityToken", "sandbox:" + token.Length.ToString(CultureInfo.InvariantCulture)),
                    Element("Provider", "sandbox"))
                : throw new AwsException("InvalidIdentityToken", "No token."),
            _ => throw new AwsException("InvalidAction", $"Could not find operation {request.Operation} for version 2011-06-15"),
        };
        body.Write(Encoding.UTF8.GetBytes(result.ToString(SaveOptions.DisableFormatting)));
    }

    private static XElement Element(string name, params object[] content) => new(Ns + name, content);

    private static XElement Result(AwsRequest request, params XElement[] content) =>
        Element(request.Operation + "Response",
            Element(request.Operation + "Result", content),
            Element("ResponseMetadata", Element("RequestId", AwsAnswer.NextRequestId())));

    private static string Required(AwsRequest request, string name) => request.Form.GetValueOrDefault(name) is { Length: > 0 } value
        ? value
        : throw new AwsException(
            "ValidationError",
            $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed to satisfy constraint: Member must not be null");

    private XElement AssumeRole(AwsRequest request, params XElement[] more)
    {
        var arn = Required(request, "RoleArn");
        var session = Required(request, "RoleSessionName");
        if (arn.Split(':') is not ["arn", _, "iam", _, { Length: 12 } account, var path]
            || !path.StartsWith("role/", StringComparison.Ordinal))
            throw new AwsException("ValidationError", $"{arn} is invalid");

        var seconds = int.Parse(request.Form.GetValueOrDefault("DurationSeconds", "3600"), CultureInfo.InvariantCulture);
        var credential = credentials.Issue(account, path[(path.LastIndexOf('/') + 1)..], session, clock.RealNow.AddSeconds(seconds));
        return Result(request, [
            Element("Credentials",
                Element("AccessKeyId", credential.AccessKeyId),
                Element("SecretAccessKey", credential.SecretAccessKey),
                Element("SessionToken", credential.SessionToken!),
                Element("Expiration",
                    credential.Expiration!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
            Element("AssumedRoleUser", Element("AssumedRoleId", credential.UserId), Element("Arn", credential.Arn)),
            .. more,
        ]);
    }
}
