namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>One database, as far as what stands behind its endpoint has to know it.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Region">Its region.</param>
/// <param name="ResourceId">db-… or cluster-…: stays through renames, and no two databases ever share one.</param>
/// <param name="Identifier">The present name.</param>
/// <param name="Engine">For example postgres or aurora-mysql.</param>
/// <param name="EngineVersion">For example 16.4.</param>
/// <param name="MasterUsername">The user that the database is made with.</param>
/// <param name="MasterPassword">Its password; null where it is managed or was never told.</param>
/// <param name="Port">The port that it is to listen on.</param>
/// <param name="DatabaseName">The first database; null where none was asked for.</param>
internal sealed record DatabaseIdentity(
    string Account, string Region, string ResourceId, string Identifier, string Engine, string EngineVersion, string? MasterUsername,
    string? MasterPassword, int Port, string? DatabaseName);
