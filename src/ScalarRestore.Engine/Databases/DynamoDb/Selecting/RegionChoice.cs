using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.DynamoDb.Selecting;

/// <summary>Which region is meant.</summary>
internal static class RegionChoice
{
    /// <summary>The region of a workload's storage: its contact points say it, unless they are a placeholder.</summary>
    /// <exception cref="RestoreException">The operator asked for another region than the workload uses, or none is known.</exception>
    public static string Of(ScalarWorkload workload, WorkloadStorage storage, DatabaseSelection selection)
    {
        var points = storage.ContactPoints?.Trim();
        if (points is null || !AwsRegion.IsWellFormed(points))
            return selection.Region ?? AwsClientFactory.DefaultRegion(selection.ProfileName);
        return selection.Region is null || selection.Region == points
            ? points
            : throw new RestoreException(
                "AwsRegionMismatch",
                FaultCategory.InvalidArgument,
                $"Workload {workload.Namespace}/{workload.Name} stores into region {points}, but -Region says {selection.Region}.",
                selection.Region,
                "Leave -Region out.");
    }

    /// <summary>The region of tables that are named by the operator.</summary>
    /// <exception cref="RestoreException">The workloads use several, or none is known.</exception>
    public static string OfNamed(DatabaseSelection selection, IEnumerable<(ScalarWorkload Workload, WorkloadStorage Storage)> storages)
    {
        if (selection.Region is { } region)
            return region;
        var regions = storages.Select(s => s.Storage.ContactPoints?.Trim()).OfType<string>().Where(AwsRegion.IsWellFormed)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return regions.Count switch
        {
            0 => AwsClientFactory.DefaultRegion(selection.ProfileName),
            1 => regions[0],
            _ => throw new RestoreException(
                "AwsRegionAmbiguous",
                FaultCategory.InvalidArgument,
                $"The workloads store into several regions ({string.Join(", ", regions)}), so that it is not clear where the named tables are.",
                string.Join(", ", regions),
                "Give -Region, or leave the names out so that the tables are found from the workloads."),
        };
    }
}
