namespace ScalarRestore.Sandbox.Aws;

/// <summary>The wire forms in use.</summary>
internal enum AwsProtocol
{
    /// <summary>JSON 1.0 with X-Amz-Target: DynamoDB.</summary>
    Json10,

    /// <summary>JSON 1.1 with X-Amz-Target: Application Auto Scaling.</summary>
    Json11,

    /// <summary>A form in, XML out: STS and RDS.</summary>
    Query,
}
