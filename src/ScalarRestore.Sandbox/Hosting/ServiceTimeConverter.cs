using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Reads a <see cref="ServiceTime"/> from a number or an object.</summary>
internal sealed class ServiceTimeConverter : JsonConverter<ServiceTime>
{
    public override ServiceTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.GetDouble();

        var form = JsonSerializer.Deserialize<Form>(ref reader, options) ?? throw new JsonException("A time is a number or an object.");
        return new ServiceTime { Min = form.Min, Max = form.Max, Median = form.Median, Sigma = form.Sigma, OfTable = form.OfTable };
    }

    public override void Write(Utf8JsonWriter writer, ServiceTime value, JsonSerializerOptions options)
    {
        if (value is { Median: null, Min: { } min, Max: { } max } && min.Equals(max))
            writer.WriteNumberValue(min);
        else
            JsonSerializer.Serialize(writer, new Form(value.Min, value.Max, value.Median, value.Sigma, value.OfTable), options);
    }

    private sealed record Form(double? Min = null, double? Max = null, double? Median = null, double? Sigma = null, double? OfTable = null);
}
