using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>What a cluster gets from where it comes from.</summary>
internal sealed record ClusterBasis(RdsEngine Engine, string Version, int AllocatedStorage, int Retention)
{
    /// <summary>Null where the content begins with this cluster.</summary>
    public string? Origin { get; init; }

    public string? MasterUsername { get; init; }

    public string? MasterPassword { get; init; }

    public string? DatabaseName { get; init; }

    public string? KeyId { get; init; }

    public string? MaintenanceWindow { get; init; }

    public string? CloneGroupId { get; init; }

    public string? CharacterSet { get; init; }
}
