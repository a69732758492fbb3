namespace ScalarRestore.Sandbox.Aws.Signing;

/// <summary>A key pair, and whom it stands for.</summary>
internal sealed record Credential(
    string AccessKeyId,
    string SecretAccessKey,
    string? SessionToken,
    string Account,
    string Arn,
    string UserId,
    DateTimeOffset? Expiration);
