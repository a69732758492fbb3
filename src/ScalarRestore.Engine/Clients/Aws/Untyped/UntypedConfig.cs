using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.Util.Internal;
using ScalarRestore.Engine.Running;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace ScalarRestore.Engine.Clients.Aws.Untyped;

/// <summary>
/// The configuration of a service that has no package: endpoint by region, signing name, no retries of the SDK's own.
/// </summary>
internal sealed class UntypedConfig : ClientConfig, IEndpointProvider
{
    private readonly string _prefix;

    /// <summary>Makes the configuration of a service.</summary>
    /// <param name="serviceId">The id that <c>AWS_ENDPOINT_URL_SERVICE_ID</c> and a profile's <c>services</c> section use.</param>
    /// <param name="prefix">The endpoint's prefix, which is the signing name too.</param>
    /// <param name="version">The API's version.</param>
    /// <param name="mode">Whether the client may change anything.</param>
    public UntypedConfig(string serviceId, string prefix, string version, ServiceMode mode)
        : base(new DefaultConfigurationProvider([new DefaultConfiguration
        {
            Name = DefaultConfigurationMode.Standard,
            RetryMode = RequestRetryMode.Standard,
            ConnectTimeout = TimeSpan.FromSeconds(3.1),
        }]))
    {
        _prefix = prefix;
        ServiceVersion = version;
        ServiceId = serviceId;
        Mode = mode;
        AuthenticationServiceName = prefix;
        EndpointProvider = this;
    }

    /// <summary>Whether the client may change anything.</summary>
    public ServiceMode Mode { get; }

    /// <inheritdoc/>
    public override string ServiceVersion { get; }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => _prefix;

    /// <inheritdoc/>
    public override string UserAgent => InternalSDKUtils.BuildUserAgentString("1.0");

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => Resolve();

    /// <inheritdoc/>
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => Resolve();

    private Endpoint Resolve()
    {
        if (!string.IsNullOrEmpty(ServiceURL))
            return new Endpoint(ServiceURL);

        var region = RegionEndpoint.SystemName;
        var fips = UseFIPSEndpoint && !region.StartsWith("us-gov-", StringComparison.Ordinal) ? "-fips" : "";
        var suffix = Fn.GetAttr(Fn.Partition(region), UseDualstackEndpoint ? "dualStackDnsSuffix" : "dnsSuffix");
        return new Endpoint($"https://{_prefix}{fips}.{region}.{suffix}");
    }
}
