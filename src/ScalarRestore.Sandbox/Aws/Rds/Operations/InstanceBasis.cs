using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>What an instance gets from where it comes from: the parameters of its creation, or the source of its restore.</summary>
internal sealed record InstanceBasis(RdsEngine Engine, string Version, string Class, string License, int AllocatedStorage, int Retention)
{
    /// <summary>Null where the content begins with this instance.</summary>
    public string? Origin { get; init; }

    public string? MasterUsername { get; init; }

    public string? MasterPassword { get; init; }

    public string? DatabaseName { get; init; }

    public string? KeyId { get; init; }

    public string? MaintenanceWindow { get; init; }

    public string? CharacterSet { get; init; }

    public string? Timezone { get; init; }
}
