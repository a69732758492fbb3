using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.Aws;

/// <summary>Where the sandbox's AWS is, and an administrator's keys.</summary>
internal sealed record AwsAccess(Uri Endpoint, string Region, string Account, string AccessKey, string SecretKey)
{
    /// <summary>Reads the sandbox's ready line.</summary>
    public static AwsAccess Of(JsonObject ready)
    {
        var aws = ready["aws"]!;
        return new AwsAccess(
            new Uri((string)aws["endpoint"]!), (string)aws["region"]!, (string)aws["accountId"]!, (string)aws["accessKeyId"]!, (string)aws["secretAccessKey"]!);
    }
}
