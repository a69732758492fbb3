using ScalarRestore.Sandbox.Aws.DynamoDb;
using ScalarRestore.Sandbox.Aws.Rds;
using ScalarRestore.Sandbox.Aws.Scaling;
using ScalarRestore.Sandbox.Aws.Signing;
using ScalarRestore.Sandbox.Aws.Sts;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws;

/// <summary>The fake AWS as a whole.</summary>
internal sealed class AwsCloud
{
    public const string DefaultRegion = "ap-northeast-1";

    /// <summary>Makes all services.</summary>
    /// <param name="sandbox">What it shares with the rest.</param>
    /// <param name="databases">What answers at the endpoints of RDS; null where nothing does.</param>
    public AwsCloud(SandboxState sandbox, IDatabaseBackend? databases = null)
    {
        DynamoDb = new DynamoDbService(sandbox);
        Rds = new RdsService(sandbox, databases);
        Scaling = new ScalingService(sandbox, DynamoDb, Rds);
        Sts = new StsService(sandbox.Clock, Credentials);
        Server = new AwsServer(sandbox.Clock, Credentials, [DynamoDb, Rds, Scaling, Sts]);
    }

    public CredentialStore Credentials { get; } = new();

    public DynamoDbService DynamoDb { get; }

    public RdsService Rds { get; }

    public ScalingService Scaling { get; }

    public StsService Sts { get; }

    public AwsServer Server { get; }
}
