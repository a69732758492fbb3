using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;

/// <summary>What the placeholders of a request stand for. AWS refuses placeholders that no expression uses, so their use is
/// noted.</summary>
internal sealed class ExpressionNames
{
    private static readonly string[] LegacyParameters =
        ["Expected", "KeyConditions", "QueryFilter", "ScanFilter", "AttributeUpdates", "AttributesToGet", "ConditionalOperator"];

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttributeValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public ExpressionNames(JsonElement input)
    {
        foreach (var legacy in LegacyParameters)
        {
            if (input.TryGetProperty(legacy, out _))
                throw AwsException.Validation($"The sandbox does not know the legacy parameter {legacy}: use expressions.");
        }

        if (input.Object("ExpressionAttributeNames") is { } names)
        {
            foreach (var name in names.EnumerateObject())
                _names[name.Name] = name.Value.GetString()!;
        }

        if (input.Object("ExpressionAttributeValues") is { } values)
        {
            foreach (var value in values.EnumerateObject())
                _values[value.Name] = AttributeValue.Parse(value.Value);
        }
    }

    public string Name(string placeholder)
    {
        _used.Add(placeholder);
        return _names.GetValueOrDefault(placeholder)
            ?? throw AwsException.Validation(
                $"Invalid expression: An expression attribute name used in the document path is not defined; attribute name: {placeholder}");
    }

    public AttributeValue Value(string placeholder)
    {
        _used.Add(placeholder);
        return _values.GetValueOrDefault(placeholder)
            ?? throw AwsException.Validation(
                $"Invalid expression: An expression attribute value used in expression is not defined; attribute value: {placeholder}");
    }

    /// <summary>Call once all expressions of the request are parsed.</summary>
    public void RefuseUnused()
    {
        if (_names.Keys.FirstOrDefault(n => !_used.Contains(n)) is { } name)
            throw AwsException.Validation($"Value provided in ExpressionAttributeNames unused in expressions: keys: {{{name}}}");

        if (_values.Keys.FirstOrDefault(v => !_used.Contains(v)) is { } value)
            throw AwsException.Validation($"Value provided in ExpressionAttributeValues unused in expressions: keys: {{{value}}}");
    }
}
