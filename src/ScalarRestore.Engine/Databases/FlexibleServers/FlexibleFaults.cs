namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>The faults of flexible servers.</summary>
internal static class FlexibleFaults
{
    /// <summary>What was made is gone.</summary>
    public static RestoreException Vanished(string what, string place) => new(
        "DatabaseNotFound", FaultCategory.ObjectNotFound, $"{what} in {place} is gone, though nothing of this run deleted it.", what, "Find out who deleted it before going on.");

    /// <summary>There is another one of the name.</summary>
    public static RestoreException NameTaken(FlexibleIdentity source, string name) => new(
        "TargetNameTaken",
        FaultCategory.ResourceExists,
        $"The name {name} is taken by a {source.Engine.Product} flexible server (names are unique in the world) that was not made by this run in {source.Place} from {source.Name} to the same time. Nothing was done to it.",
        name,
        "Delete it if it is yours and not needed, then run the command again.");

    /// <summary>The service does not take the name.</summary>
    public static RestoreException NameRefused(FlexibleIdentity source, string name, string? why) => new(
        "TargetNameRefused",
        FaultCategory.InvalidArgument,
        $"{source.Engine.Provider} does not take the name {name} for what {source.What} is restored to{(why is null ? "." : $": {why}")}",
        name,
        "Nothing was changed. Restore it by hand under a name of your own.");

    /// <summary>The source is another one than was planned for, or none.</summary>
    public static RestoreException IdentityChanged(FlexibleIdentity source, string found) => new(
        "DatabaseIdentityChanged",
        FaultCategory.InvalidData,
        $"{source.What} in {source.Place} is not the one that was planned for: {found}.",
        source.ResourceId,
        "Someone has deleted it. Run Restore-ScalarDatabase again on this run if it was made again (nothing live was changed); a deleted server can be restored for five days with the Azure CLI.");

    /// <summary>Waiting does not help any more.</summary>
    public static RestoreException Dead(string what, string place, string state, string resume) => new(
        "DatabaseUnusable",
        FaultCategory.InvalidOperation,
        $"{what} in {place} is {state} and will not become Ready by waiting.",
        what,
        $"The workloads stay stopped. See the server's activity log for the reason, delete the server if it was made by this run, or start it, then go on with: {resume}");

    /// <summary>A server of the kind that is gone.</summary>
    public static RestoreException Retired(FlexibleEngine engine, string name) => new(
        "DatabaseRetired",
        FaultCategory.InvalidOperation,
        $"{name} is an Azure Database for {engine.Product} single server, a kind that Azure retired {(engine == FlexibleEngine.MySql ? "on 2024-09-16" : "on 2025-03-28")}. It is not restored.",
        name,
        $"Move it to a flexible server (Azure's documentation: \"Migrate from {engine.Product} single server\"), or ask Azure's support for its backups. Nothing was changed.");
}
