namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>
/// What answers at the endpoints of the fake RDS. Without one there are endpoints and nobody behind them, which is enough for clients that
/// only call the AWS API. Instances that stand for themselves and clusters are databases; a cluster's members share the cluster's.
/// Calls come one at a time and hold up their whole account and region, so what takes time goes on in the task that is answered: no
/// database is available before its tasks are done, and one whose task fails is dead. What is asked of one database has to happen in the
/// order of asking. States pass when somebody looks, so a database is opened no earlier than a call after its time has come.
/// </summary>
internal interface IDatabaseBackend
{
    /// <summary>Where a database listens once it is open. Goes with its identifier and port, so that whatever gets a name also gets its
    /// address; asked when the database is made and again when one of the two has changed.</summary>
    /// <returns>Null leaves the endpoint as AWS would name it.</returns>
    DatabaseAddress? Address(DatabaseIdentity database);

    /// <summary>An empty database begins to be made.</summary>
    Task CreateAsync(DatabaseIdentity database);

    /// <summary>A database begins to be made from what another was at an instant. The source may be gone by now.</summary>
    Task RestoreAsync(DatabaseIdentity source, DatabaseIdentity target, DateTimeOffset asOf);

    /// <summary>A database becomes reachable: an instance, or a cluster with its first member. Also asked again when its address has
    /// changed, with the same resource id.</summary>
    Task OpenAsync(DatabaseIdentity database);

    /// <summary>A database has got another identifier; its resource id stays.</summary>
    void Rename(DatabaseIdentity database, string oldIdentifier);

    /// <summary>The master user has got another password.</summary>
    Task ChangePasswordAsync(DatabaseIdentity database);

    /// <summary>A database is gone. One that was never restored or opened may come here too.</summary>
    /// <param name="database">Which one.</param>
    /// <param name="keepBackups">Whether it can be restored all the same.</param>
    void Delete(DatabaseIdentity database, bool keepBackups);
}
