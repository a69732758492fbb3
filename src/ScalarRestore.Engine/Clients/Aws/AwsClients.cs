using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using ScalarRestore.Engine.Clients.Aws.Untyped;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>The clients of one account and region in one mode.</summary>
internal sealed class AwsClients : IDisposable
{
    private readonly GuardedDynamoDbClient _dynamoDb;
    private readonly GuardedStsClient _sts;
    private readonly JsonServiceClient _scaling;
    private readonly QueryServiceClient _rds;
    private readonly AwsCalls _calls;
    private readonly SemaphoreSlim _accountGate = new(1, 1);
    private string? _account;

    /// <summary>Makes the clients; nothing is sent yet.</summary>
    public AwsClients(AwsClientSettings settings, AWSCredentials? credentials, RegionEndpoint region, ServiceMode mode, AwsCalls calls)
    {
        _calls = calls;
        Region = region.SystemName;
        _dynamoDb = new GuardedDynamoDbClient(credentials, Configure(new GuardedDynamoDbConfig(mode), settings, region));
        _sts = new GuardedStsClient(credentials, Configure(new AmazonSecurityTokenServiceConfig(), settings, region));
        _scaling = new JsonServiceClient(
            credentials,
            Configure(new UntypedConfig("Application Auto Scaling", "application-autoscaling", "2016-02-06", mode), settings, region),
            "AnyScaleFrontendService");
        DynamoDb = new DynamoDbService(_dynamoDb, calls);
        Scaling = new ScalingService(_scaling, calls, "dynamodb");
        RdsScaling = new ScalingService(_scaling, calls, "rds");
        _rds = new QueryServiceClient(credentials, Configure(new UntypedConfig("RDS", "rds", "2014-10-31", mode), settings, region));
        Rds = new RdsService(_rds, calls);
    }

    /// <summary>The region.</summary>
    public string Region { get; }

    /// <summary>DynamoDB.</summary>
    public DynamoDbService DynamoDb { get; }

    /// <summary>RDS and Aurora.</summary>
    public RdsService Rds { get; }

    /// <summary>Application Auto Scaling of DynamoDB.</summary>
    public ScalingService Scaling { get; }

    /// <summary>Application Auto Scaling of Aurora.</summary>
    public ScalingService RdsScaling { get; }

    /// <summary>The account that the credentials belong to; asked once.</summary>
    public async Task<string> GetAccountAsync(CancellationToken cancellationToken)
    {
        await _accountGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _account ??= (await _calls.SendAsync(
                new AwsCall("sts", "GetCallerIdentity", Region),
                token => _sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), token),
                cancellationToken).ConfigureAwait(false)).Account;
        }
        finally
        {
            _accountGate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _dynamoDb.Dispose();
        _sts.Dispose();
        _scaling.Dispose();
        _rds.Dispose();
        _accountGate.Dispose();
    }

    private static TConfig Configure<TConfig>(TConfig config, AwsClientSettings settings, RegionEndpoint region)
        where TConfig : ClientConfig
    {
        config.RegionEndpoint = region;
        if (settings.EndpointUrl is { } url)
        {
            config.ServiceURL = url.AbsoluteUri;
            config.AuthenticationRegion = region.SystemName;
        }

        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = 0;
        config.Timeout = settings.CallTimeout;
        return config;
    }
}
