namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>Deletes what a restore has left behind.</summary>
internal sealed class SourceRemover(RdsApi rds, SourceMaker maker)
{
    /// <summary>Deletes a database, a cluster with its members.</summary>
    public async Task RemoveAsync(PausedDatabase database, CancellationToken cancellationToken)
    {
        var (source, name) = (database.Source, database.Source.Identifier);
        var kind = source.IsCluster ? "Cluster" : "Instance";
        await rds.CallAsync($"ModifyDB{kind}", [$"DB{kind}Identifier={name}", "DeletionProtection=false", "ApplyImmediately=true"], cancellationToken);
        await maker.SettledAsync(source, cancellationToken);
        foreach (var member in database.View.Members.Values)
        {
            await rds.CallAsync("DeleteDBInstance", [$"DBInstanceIdentifier={member.Element("DBInstanceIdentifier")!.Value}"], cancellationToken);
        }

        await rds.CallAsync($"DeleteDB{kind}", [$"DB{kind}Identifier={name}", "SkipFinalSnapshot=true"], cancellationToken);
    }
}
