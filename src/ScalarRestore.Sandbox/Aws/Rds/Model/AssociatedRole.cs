namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>A role that a database may take on for a feature.</summary>
internal sealed class AssociatedRole(string arn, string? feature)
{
    public string Arn { get; } = arn;

    public string? Feature { get; } = feature;

    /// <summary>PENDING or ACTIVE.</summary>
    public string Status { get; set; } = "PENDING";
}
