namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>The secret with a managed master password: another one each time that the password begins to be managed.</summary>
internal sealed class MasterSecret(string arn, string keyId)
{
    public string Arn { get; } = arn;

    public string KeyId { get; } = keyId;

    /// <summary>creating, active or rotating.</summary>
    public string Status { get; set; } = "creating";
}
