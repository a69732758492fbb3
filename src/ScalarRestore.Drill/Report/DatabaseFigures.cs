using System.Text.Json.Serialization;

namespace ScalarRestore.Drill.Report;

/// <summary>What was seen of the restore of one instance, cluster, account or server.</summary>
/// <param name="Kind"><c>rds</c>, <c>aurora</c>, <c>cosmosdb</c>, <c>mysql</c> or <c>postgresql</c>.</param>
/// <param name="Source">The source's identifier.</param>
/// <param name="Restored">The restored one's identifier.</param>
/// <param name="Restores">Restores that the service took on.</param>
/// <param name="Members">Members that the service took on.</param>
/// <param name="Seconds">From its first step's begin to its last one's end, in the sandbox's seconds.</param>
internal sealed record DatabaseFigures(string Kind, string Source, string Restored, int Restores, int Members, double Seconds)
{
    /// <summary>Stored procedures in an account of Cosmos DB.</summary>
    public int Procedures { get; init; }

    /// <summary>What was made, for people.</summary>
    [JsonIgnore]
    public string Made => Kind switch
    {
        "cosmosdb" => $"{Restores} restore, {Procedures} procedures",
        "mysql" or "postgresql" => $"{Restores} restore",
        _ => $"{Restores} restore, {Members} members",
    };
}
