using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Kinesis destinations of tables.</summary>
internal static class KinesisOperations
{
    public static void Describe(OperationContext call)
    {
        var table = call.Region.Get(call.Input.Required("TableName"));
        call.Writer.WriteString("TableName", table.Name);
        call.Writer.WriteStartArray("KinesisDataStreamDestinations");
        foreach (var (arn, destination) in table.Kinesis)
        {
            call.Writer.WriteStartObject();
            call.Writer.WriteString("StreamArn", arn);
            call.Writer.WriteString("DestinationStatus", destination.Status);
            call.Writer.WriteString("ApproximateCreationDateTimePrecision", destination.Precision);
            call.Writer.WriteEndObject();
        }

        call.Writer.WriteEndArray();
    }

    public static void Enable(OperationContext call)
    {
        var (table, arn) = Subject(call);
        if (table.Kinesis.TryGetValue(arn, out var present) && present.Status is not ("DISABLED" or "ENABLE_FAILED"))
            throw AwsException.Validation(
                $"Table is not in a valid state to enable Kinesis Streaming Destination: KinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation: {arn}");

        var precision = call.Input.Object("EnableKinesisStreamingConfiguration")?.Text("ApproximateCreationDateTimePrecision")
            ?? "MILLISECOND";
        Change(call, table, arn, precision, "ENABLING", "ACTIVE");
    }

    public static void Disable(OperationContext call)
    {
        var (table, arn) = Subject(call);
        if (!table.Kinesis.TryGetValue(arn, out var present) || present.Status != "ACTIVE")
            throw AwsException.Validation(
                $"Table is not in a valid state to disable Kinesis Streaming Destination: KinesisStreamingDestination must be ACTIVE to perform DISABLE operation: {arn}");

        Change(call, table, arn, present.Precision, "DISABLING", "DISABLED");
    }

    private static (Table Table, string Arn) Subject(OperationContext call)
    {
        var table = call.Region.Get(call.Input.Required("TableName"));
        return table.Status == "ACTIVE"
            ? (table, call.Input.Required("StreamArn"))
            : throw new AwsException("ResourceInUseException", $"Attempt to change a resource which is still in use: {table.Name}");
    }

    private static void Change(OperationContext call, Table table, string arn, string precision, string during, string after)
    {
        table.Kinesis[arn] = new KinesisDestination(during, precision);
        call.Region.Timeline.At(
            call.Now + call.Region.Draw(call.Region.Settings.KinesisSeconds, "kinesis", table.Name),
            () => table.Kinesis[arn] = new KinesisDestination(after, precision));
        call.Writer.WriteString("TableName", table.Name);
        call.Writer.WriteString("StreamArn", arn);
        call.Writer.WriteString("DestinationStatus", during);
        call.Writer.WriteStartObject("EnableKinesisStreamingConfiguration");
        call.Writer.WriteString("ApproximateCreationDateTimePrecision", precision);
        call.Writer.WriteEndObject();
    }
}
