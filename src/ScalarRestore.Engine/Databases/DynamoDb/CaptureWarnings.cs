namespace ScalarRestore.Engine.Databases.DynamoDb;

/// <summary>What the operator should know of tables that can be restored. Pure.</summary>
internal static class CaptureWarnings
{
    /// <summary>The warnings, table by table.</summary>
    public static IEnumerable<string> Of(IEnumerable<CapturedTable> tables, RestoreIntent intent)
    {
        foreach (var table in tables)
        {
            var name = table.Identity.Name;
            if (table.Facts.StreamArn is not null)
                yield return $"{name} has a stream. The restored table gets a new one, and its readers must be pointed to it.";
            if (table.Facts.TimeToLiveAttribute is { } attribute)
            {
                yield return intent.SkipTimeToLive
                    ? $"{name}: time to live (by {attribute}) will be left off, as asked."
                    : $"{name}: time to live (by {attribute}) will be switched on again and deletes what has expired since the restore point. -SkipTimeToLive leaves it off.";
            }
        }
    }
}
