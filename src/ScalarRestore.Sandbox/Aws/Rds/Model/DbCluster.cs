namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>A DB cluster: Aurora's, whose members are made one by one, or a Multi-AZ one, whose members come by themselves.</summary>
internal sealed class DbCluster : RdsDatabase
{
    public override string SourceType => "db-cluster";

    /// <summary>The writer is the first.</summary>
    public List<DbInstance> Members { get; } = [];

    /// <summary>Null for Aurora.</summary>
    public string? InstanceClass { get; set; }

    public required string EngineMode { get; init; }

    public required IReadOnlyList<string> Zones { get; set; }

    public long BacktrackWindow { get; set; }

    public bool HttpEndpoint { get; set; }

    public ServerlessScaling? Serverless { get; set; }

    /// <summary>Shared by a source and its clones.</summary>
    public required string CloneGroupId { get; init; }

    public string? CharacterSet { get; init; }

    public bool IsAurora => Engine.IsAurora;
}
