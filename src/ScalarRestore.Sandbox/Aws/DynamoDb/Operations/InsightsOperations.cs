using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Contributor insights of tables and indexes.</summary>
internal static class InsightsOperations
{
    public static void Describe(OperationContext call)
    {
        var (table, index) = Subject(call);
        Write(call, table, index);
    }

    public static void Update(OperationContext call)
    {
        var (table, index) = Subject(call);
        if (table.Status is "CREATING" or "DELETING")
            throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Table: {table.Name} is not active");

        var enable = call.Input.Required("ContributorInsightsAction") == "ENABLE";
        table.Insights[index] = enable ? "ENABLING" : "DISABLING";
        call.Region.Timeline.At(
            call.Now + call.Region.Draw(call.Region.Settings.InsightsSeconds, "insights", table.Name),
            () => table.Insights[index] = enable ? "ENABLED" : "DISABLED");
        Write(call, table, index);
    }

    public static void List(OperationContext call)
    {
        var (region, input, writer, _) = call;
        var wanted = input.Text("TableName") is { } name ? region.Get(name) : null;
        writer.WriteStartArray("ContributorInsightsSummaries");
        foreach (var table in region.Tables.Values.Where(t => wanted is null || t == wanted))
        {
            foreach (var (index, status) in table.Insights)
            {
                writer.WriteStartObject();
                writer.WriteString("TableName", table.Name);
                writer.WriteText("IndexName", index.Length > 0 ? index : null);
                writer.WriteString("ContributorInsightsStatus", status);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static (Table Table, string Index) Subject(OperationContext call)
    {
        var table = call.Region.Get(call.Input.Required("TableName"));
        var index = call.Input.Text("IndexName") ?? "";
        return index.Length == 0 || table.FindIndex(index) is not null
            ? (table, index)
            : throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Table: {table.Name}, index: {index}");
    }

    private static void Write(OperationContext call, Table table, string index)
    {
        call.Writer.WriteString("TableName", table.Name);
        call.Writer.WriteText("IndexName", index.Length > 0 ? index : null);
        call.Writer.WriteString("ContributorInsightsStatus", table.Insights.GetValueOrDefault(index, "DISABLED"));
    }
}
