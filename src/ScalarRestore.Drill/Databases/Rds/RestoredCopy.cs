using System.Globalization;
using System.Text.Json.Nodes;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>A restored database as the sandbox itself knows it: what AWS does not tell.</summary>
/// <param name="IsCluster">Whether it is a cluster.</param>
/// <param name="Identifier">What it is called.</param>
/// <param name="Source">What it was restored from.</param>
/// <param name="AsOf">The instant that was restored.</param>
internal sealed record RestoredCopy(bool IsCluster, string Identifier, string Source, DateTimeOffset AsOf)
{
    /// <summary>All of them in the sandbox's state.</summary>
    public static IReadOnlyList<RestoredCopy> Read(JsonNode state) =>
        [.. state["rds"]!.AsArray().SelectMany(region => Read(region!["instances"]!, isCluster: false).Concat(Read(region["clusters"]!, isCluster: true)))];

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Faults(DateTimeOffset restoreTime)
    {
        if (AsOf.ToUnixTimeSeconds() != restoreTime.ToUnixTimeSeconds())
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Identifier} is {Source} as of {AsOf:u}, and not as of {restoreTime:u}");
        }
    }

    private static IEnumerable<RestoredCopy> Read(JsonNode list, bool isCluster) =>
        from item in list.AsArray()
        where item!["restoredFrom"] is not null
        select new RestoredCopy(
            isCluster,
            (string)item[isCluster ? "DBClusterIdentifier" : "DBInstanceIdentifier"]!,
            (string)item["restoredFrom"]!,
            DateTimeOffset.Parse((string)item["restoredTo"]!, CultureInfo.InvariantCulture));
}
