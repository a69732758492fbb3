namespace ScalarRestore.Contracts;

/// <summary>The managed databases that can be restored.</summary>
public enum DatabaseKind
{
    /// <summary>A set of Amazon DynamoDB tables in one account and region.</summary>
    DynamoDB,
}
