namespace ScalarRestore.Sandbox.Aws.DynamoDb.Items;

/// <summary>The types of attribute values, named as on the wire.</summary>
internal enum AttributeType
{
    S,
    N,
    B,
    SS,
    NS,
    BS,
    M,
    L,
    BOOL,
    NULL,
}
