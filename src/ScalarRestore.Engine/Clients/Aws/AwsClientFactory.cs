using System.Collections.Concurrent;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>Makes the clients of an account and region, once each, and owns them.</summary>
internal sealed class AwsClientFactory(AwsClientSettings settings, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<(string? Profile, string Region, ServiceMode Mode), Lazy<AwsClients>> _clients = new();
    private readonly ConcurrentDictionary<(string? Profile, string Region), AwsRates> _rates = new();

    /// <summary>The calls that all clients have sent.</summary>
    public AwsCallCounter Calls { get; } = new();

    /// <summary>The clients for a profile (null: the SDK's default chain) in a region.</summary>
    /// <exception cref="RestoreException">The profile does not exist or the region is not one.</exception>
    public AwsClients For(string? profile, string region, ServiceMode mode) =>
        _clients.GetOrAdd((profile, region, mode), key => new Lazy<AwsClients>(() => Make(key.Profile, key.Region, key.Mode))).Value;

    /// <summary>The region of the environment or of the profile.</summary>
    /// <exception cref="RestoreException">There is none.</exception>
    public static string DefaultRegion(string? profile)
    {
        var region = profile is null
            ? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION")
            : Profile(profile).Region?.SystemName;
        region ??= profile is null ? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName : null;
        return !string.IsNullOrWhiteSpace(region)
            ? region
            : throw new RestoreException(
                "AwsRegionMissing",
                FaultCategory.InvalidArgument,
                "No AWS region is known: the workloads' contact points, the environment and the profile name none.",
                profile,
                "Give -Region, or set AWS_REGION.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var made in _clients.Values.Where(c => c.IsValueCreated))
            made.Value.Dispose();
        _clients.Clear();
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private AwsClients Make(string? profile, string region, ServiceMode mode)
    {
        if (!AwsRegion.IsWellFormed(region))
        {
            throw new RestoreException(
                "AwsRegionInvalid", FaultCategory.InvalidArgument, $"'{region}' is not an AWS region.", region, "Give one such as ap-northeast-1 with -Region.");
        }

        var calls = new AwsCalls(clock, _rates.GetOrAdd((profile, region), _ => new AwsRates(clock)), Calls, settings.Observer, settings.Random, mode);
        return new AwsClients(settings, Credentials(profile), RegionEndpoint.GetBySystemName(region), mode, calls);
    }

    private AWSCredentials? Credentials(string? profile)
    {
        if (settings.Credentials is not null || profile is null)
            return settings.Credentials;
        return new CredentialProfileStoreChain().TryGetAWSCredentials(Profile(profile).Name, out var credentials)
            ? credentials
            : throw new RestoreException(
                "AwsCredentialsMissing",
                FaultCategory.AuthenticationError,
                $"The AWS profile '{profile}' holds no usable credentials.",
                profile,
                $"Run: aws configure --profile {profile} (or aws sso login --profile {profile}).");
    }

    private static CredentialProfile Profile(string name) =>
        new CredentialProfileStoreChain().TryGetProfile(name, out var profile)
            ? profile
            : throw new RestoreException(
                "AwsProfileNotFound",
                FaultCategory.InvalidArgument,
                $"The AWS profile '{name}' does not exist in the shared configuration.",
                name,
                "List the profiles with: aws configure list-profiles.");
}
