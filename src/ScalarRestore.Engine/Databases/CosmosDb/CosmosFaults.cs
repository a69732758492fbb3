namespace ScalarRestore.Engine.Databases.CosmosDb;

/// <summary>The faults of Cosmos DB accounts.</summary>
internal static class CosmosFaults
{
    /// <summary>What was made is gone.</summary>
    public static RestoreException Vanished(string what, string place) => new(
        "DatabaseNotFound", FaultCategory.ObjectNotFound, $"{what} in {place} is gone, though nothing of this run deleted it.", what, "Find out who deleted it before going on.");

    /// <summary>There is another one of the name.</summary>
    public static RestoreException NameTaken(string name, string place) => new(
        "TargetNameTaken",
        FaultCategory.ResourceExists,
        $"There is a Cosmos DB account {name} already (account names are unique in the world), and it was not made by this run in {place} from the same account to the same time. Nothing was done to it.",
        name,
        "Delete it if it is yours and not needed, then run the command again.");

    /// <summary>The source is another one than was planned for.</summary>
    public static RestoreException IdentityChanged(CosmosIdentity source, string? found) => new(
        "DatabaseIdentityChanged",
        FaultCategory.InvalidData,
        $"{source.What} in {source.Place} is not the one that was planned for: its instance id is {found ?? "unknown"}, planned was {source.InstanceId}.",
        source.ResourceId,
        "Someone has deleted it and made it again. Run Restore-ScalarDatabase again on this run (nothing live was changed).");

    /// <summary>Waiting does not help any more.</summary>
    public static RestoreException Dead(string what, string place, string state, string resume) => new(
        "DatabaseUnusable",
        FaultCategory.InvalidOperation,
        $"{what} in {place} is {state} and will not become usable by waiting.",
        what,
        $"The workloads stay stopped. See the account's activity log for the reason, delete the account if it was made by this run, then go on with: {resume}");

    /// <summary>Containers into which ScalarDB cannot write.</summary>
    public static RestoreException ProceduresMissing(string what, string place, IReadOnlyList<CosmosContainer> without, string resume) => new(
        "ProceduresMissing",
        FaultCategory.InvalidData,
        $"{what} in {place} has {without.Count} {(without.Count == 1 ? "container" : "containers")} without {Handlers.ProceduresHandler.Mutate}, by which ScalarDB writes: {string.Join(", ", without)}.",
        what,
        $"Repair it in another way (Repair-ScalarSchema with another -Method; the source account may have lost the procedure too), or put it there by hand and go on with: {resume}");

    /// <summary>Containers of the restore point are not in what was restored.</summary>
    public static RestoreException ContainersMissing(string what, string place, IReadOnlyList<CosmosContainer> missing, string resume) => new(
        "ContainersMissing",
        FaultCategory.InvalidData,
        $"{what} in {place} lacks {missing.Count} {(missing.Count == 1 ? "container" : "containers")} that existed at the restore point: {string.Join(", ", missing)}.",
        what,
        $"Do not run Schema Loader on it: it might make them anew, empty. Ask Azure why the restore left them out, then go on with: {resume}");
}
