namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>What is asked about the account rather than a table.</summary>
internal static class AccountOperations
{
    public static void Limits(OperationContext call)
    {
        call.Writer.WriteNumber("AccountMaxReadCapacityUnits", 80000);
        call.Writer.WriteNumber("AccountMaxWriteCapacityUnits", 80000);
        call.Writer.WriteNumber("TableMaxReadCapacityUnits", 40000);
        call.Writer.WriteNumber("TableMaxWriteCapacityUnits", 40000);
    }

    public static void Endpoints(OperationContext call)
    {
        call.Writer.WriteStartArray("Endpoints");
        call.Writer.WriteStartObject();
        call.Writer.WriteString("Address", $"dynamodb.{call.Region.Region}.amazonaws.com");
        call.Writer.WriteNumber("CachePeriodInMinutes", 1440);
        call.Writer.WriteEndObject();
        call.Writer.WriteEndArray();
    }
}
