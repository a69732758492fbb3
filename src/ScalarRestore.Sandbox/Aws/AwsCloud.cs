using ScalarRestore.Sandbox.Aws.DynamoDb;
using ScalarRestore.Sandbox.Aws.Scaling;
using ScalarRestore.Sandbox.Aws.Signing;
using ScalarRestore.Sandbox.Aws.Sts;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws;

/// <summary>The fake AWS as a whole.</summary>
internal sealed class AwsCloud
{
    public const string DefaultRegion = "ap-northeast-1";

    public AwsCloud(SandboxState sandbox)
    {
        DynamoDb = new DynamoDbService(sandbox);
        Scaling = new ScalingService(sandbox, DynamoDb);
        Sts = new StsService(sandbox.Clock, Credentials);
        Server = new AwsServer(sandbox.Clock, Credentials, [DynamoDb, Scaling, Sts]);
    }

    public CredentialStore Credentials { get; } = new();

    public DynamoDbService DynamoDb { get; }

    public ScalingService Scaling { get; }

    public StsService Sts { get; }

    public AwsServer Server { get; }
}
