using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>Encryption with a key of KMS. Without it a table is encrypted by a key that AWS owns, of which nothing is shown.</summary>
internal sealed record Encryption(string KeyArn)
{
    /// <summary>Reads SSESpecification; null is the key that AWS owns.</summary>
    public static Encryption? Read(JsonElement specification, string account, string region)
    {
        if (specification.Flag("Enabled") is not true)
            return null;

        var key = specification.Text("KMSMasterKeyId") ?? "alias/aws/dynamodb";
        return new Encryption(key.StartsWith("arn:", StringComparison.Ordinal)
            ? key
            : $"arn:aws:kms:{region}:{account}:{(key.StartsWith("alias/", StringComparison.Ordinal) ? key : "key/" + key)}");
    }
}
