using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>An instance or a cluster behind one release.</summary>
/// <param name="Release">The release.</param>
/// <param name="IsCluster">Whether it is an Aurora cluster.</param>
/// <param name="Identifier">What it is called; after a restore the restored one takes its place behind the release.</param>
internal sealed record RdsSource(ReleaseSpec Release, bool IsCluster, string Identifier)
{
    /// <summary>The database in it.</summary>
    public const string Database = "scalar";

    /// <summary>The master user, whom the release uses too.</summary>
    public const string User = "scalar";

    /// <summary>The kind, for people and machines.</summary>
    public string Kind => IsCluster ? "aurora" : "rds";

    /// <summary>What it is, for people.</summary>
    public string What => IsCluster ? $"Aurora cluster {Identifier}" : $"RDS instance {Identifier}";
}
