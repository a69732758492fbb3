using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Model;

/// <summary>Read and write units: provisioned capacity, on-demand maxima or warm throughput.</summary>
internal readonly record struct Throughput(long Read, long Write)
{
    public static Throughput? Provisioned(JsonElement json) =>
        Pair(json, "ProvisionedThroughput", "ReadCapacityUnits", "WriteCapacityUnits", 1);

    public static Throughput? OnDemand(JsonElement json, string name = "OnDemandThroughput") =>
        Pair(json, name, "MaxReadRequestUnits", "MaxWriteRequestUnits", -1);

    public static Throughput? Warm(JsonElement json) => Pair(json, "WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond", 1);

    public void WriteProvisioned(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("ProvisionedThroughput");
        writer.WriteNumber("NumberOfDecreasesToday", 0);
        writer.WriteNumber("ReadCapacityUnits", Read);
        writer.WriteNumber("WriteCapacityUnits", Write);
        writer.WriteEndObject();
    }

    public void WriteOnDemand(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("OnDemandThroughput");
        writer.WriteNumber("MaxReadRequestUnits", Read);
        writer.WriteNumber("MaxWriteRequestUnits", Write);
        writer.WriteEndObject();
    }

    public void WriteWarm(Utf8JsonWriter writer, string status)
    {
        writer.WriteStartObject("WarmThroughput");
        writer.WriteNumber("ReadUnitsPerSecond", Read);
        writer.WriteNumber("WriteUnitsPerSecond", Write);
        writer.WriteString("Status", status);
        writer.WriteEndObject();
    }

    private static Throughput? Pair(JsonElement json, string name, string read, string write, long otherwise) =>
        json.Object(name) is { } value ? new Throughput(value.Number(read) ?? otherwise, value.Number(write) ?? otherwise) : null;
}
