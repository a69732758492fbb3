using System.Globalization;
using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Resource policies of tables and streams.</summary>
internal static class PolicyOperations
{
    public static void Get(OperationContext call)
    {
        var (table, arn) = Subject(call);
        var policy = table.Policies.GetValueOrDefault(arn) ?? throw NotFound(arn);
        call.Writer.WriteString("Policy", policy.Text);
        call.Writer.WriteString("RevisionId", policy.Revision);
    }

    public static void Put(OperationContext call)
    {
        var (table, arn) = Subject(call);
        var text = call.Input.Required("Policy");
        try
        {
            using var parsed = JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw AwsException.Validation("Resource-based policy document is not valid JSON.");
        }

        CheckRevision(call, table, arn);
        var revision = NewRevision(call.Region);
        table.Policies[arn] = new ResourcePolicy(text, revision);
        call.Writer.WriteString("RevisionId", revision);
    }

    public static void Delete(OperationContext call)
    {
        var (table, arn) = Subject(call);
        CheckRevision(call, table, arn);
        if (table.Policies.Remove(arn, out var policy))
            call.Writer.WriteString("RevisionId", policy.Revision);
    }

    public static string NewRevision(DynamoDbRegion region) =>
        BitConverter.ToUInt32(region.NewGuid().ToByteArray()).ToString("D13", CultureInfo.InvariantCulture);

    private static (Table Table, string Arn) Subject(OperationContext call)
    {
        var arn = call.Input.Required("ResourceArn");
        var table = call.Region.Get(arn);

        // A stream's policy belongs to the stream of that label; a new table has a new one.
        return arn.Contains("/stream/", StringComparison.Ordinal) && !string.Equals(arn, table.StreamArn, StringComparison.Ordinal)
            ? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: {arn}")
            : (table, arn);
    }

    private static void CheckRevision(OperationContext call, Table table, string arn)
    {
        if (call.Input.Text("ExpectedRevisionId") is not { } expected)
            return;

        var present = table.Policies.GetValueOrDefault(arn)?.Revision ?? "NO_POLICY";
        if (!string.Equals(expected, present, StringComparison.Ordinal))
            throw NotFound(arn);
    }

    private static AwsException NotFound(string arn) =>
        new("PolicyNotFoundException", $"Resource-based policy not found for the provided ResourceArn: {arn}");
}
