namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>Settings that cost a call of their own to read.</summary>
[Flags]
internal enum FactParts
{
    /// <summary>Only what the table's description and its continuous backups say.</summary>
    None = 0,

    /// <summary>Time to live.</summary>
    TimeToLive = 1,

    /// <summary>Tags.</summary>
    Tags = 2,

    /// <summary>Kinesis destinations.</summary>
    Kinesis = 4,

    /// <summary>Contributor insights.</summary>
    Insights = 8,

    /// <summary>The table's resource policy.</summary>
    Policy = 16,

    /// <summary>The stream's resource policy.</summary>
    StreamPolicy = 32,

    /// <summary>Automatic scaling.</summary>
    Scaling = 64,

    /// <summary>All of them.</summary>
    All = TimeToLive | Tags | Kinesis | Insights | Policy | StreamPolicy | Scaling,
}
