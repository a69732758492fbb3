using System.Text.Json;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;
using ScalarRestore.Sandbox.Aws.DynamoDb.Model;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Reads tables and indexes out of requests, with AWS's checks.</summary>
internal static class ShapeReader
{
    public static TableShape Table(OperationContext call)
    {
        var input = call.Input;
        var attributes = Attributes(input);
        var isOnDemand = IsOnDemand(input.Text("BillingMode")) ?? false;
        var throughput = Throughput.Provisioned(input);
        CheckThroughput(isOnDemand, throughput, "table");
        IndexShape[] indexes =
        [
            .. input.Elements("LocalSecondaryIndexes").Select(i => Index(i, attributes, isGlobal: false, isOnDemand)),
            .. input.Elements("GlobalSecondaryIndexes").Select(i => Index(i, attributes, isGlobal: true, isOnDemand)),
        ];
        var shape = new TableShape
        {
            Keys = Keys(input, attributes),
            Attributes = attributes,
            IsOnDemand = isOnDemand,
            Throughput = throughput ?? default,
            Indexes = indexes,
            Encryption = input.Object("SSESpecification") is { } sse ? Encryption.Read(sse, call.Region.Account, call.Region.Region) : null,
        };
        if (shape.Trimmed().Attributes.Count != attributes.Count)
            throw AwsException.Validation("One or more parameter values were invalid: Some AttributeDefinitions are not used");

        return indexes.DistinctBy(i => i.Name, StringComparer.Ordinal).Count() == indexes.Length
            ? shape
            : throw AwsException.Validation("One or more parameter values were invalid: Duplicate index name");
    }

    /// <summary>AttributeDefinitions, in the order of the request.</summary>
    public static Dictionary<string, AttributeType> Attributes(JsonElement input)
    {
        var attributes = new Dictionary<string, AttributeType>(StringComparer.Ordinal);
        foreach (var definition in input.Elements("AttributeDefinitions"))
        {
            attributes[definition.Required("AttributeName")] = definition.Required("AttributeType") switch
            {
                "S" => AttributeType.S,
                "N" => AttributeType.N,
                "B" => AttributeType.B,
                var other => throw AwsException.Validation(
                    $"1 validation error detected: Value '{other}' at 'attributeDefinitions.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]"),
            };
        }

        return attributes;
    }

    public static IndexShape Index(JsonElement json, IReadOnlyDictionary<string, AttributeType> attributes, bool isGlobal, bool isOnDemand)
    {
        var name = DynamoDbRegion.Checked(json.Required("IndexName"));
        var throughput = Throughput.Provisioned(json);
        if (isGlobal)
            CheckThroughput(isOnDemand, throughput, $"index: {name}");

        var projection = json.Object("Projection");
        return new IndexShape
        {
            Name = name,
            IsGlobal = isGlobal,
            Keys = Keys(json, attributes),
            Projection = projection?.Text("ProjectionType") ?? "ALL",
            NonKeyAttributes = [.. projection?.Elements("NonKeyAttributes").Select(a => a.GetString()!) ?? []],
            Throughput = isOnDemand ? default : throughput ?? default,
            OnDemand = Throughput.OnDemand(json),
            Warm = Throughput.Warm(json),
        };
    }

    public static bool? IsOnDemand(string? billingMode) => billingMode switch
    {
        null => null,
        "PROVISIONED" => false,
        "PAY_PER_REQUEST" => true,
        _ => throw AwsException.Validation(
            $"1 validation error detected: Value '{billingMode}' at 'billingMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]"),
    };

    public static void CheckThroughput(bool isOnDemand, Throughput? throughput, string what)
    {
        if (isOnDemand && throughput is ({ Read: > 0 } or { Write: > 0 }))
            throw AwsException.Validation(
                "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");

        if (!isOnDemand && throughput is not { Read: > 0, Write: > 0 })
            throw AwsException.Validation(
                $"One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED ({what})");
    }

    private static KeySchema Keys(JsonElement json, IReadOnlyDictionary<string, AttributeType> attributes)
    {
        var elements = json.Elements("KeySchema").Select(k => (Name: k.Required("AttributeName"), Type: k.Required("KeyType"))).ToArray();
        if (elements is not ([{ Type: "HASH" }] or [{ Type: "HASH" }, { Type: "RANGE" }]))
            throw AwsException.Validation(
                "1 validation error detected: Invalid KeySchema: The first KeySchemaElement is not a HASH key type, or there are too many");

        var range = elements.Length > 1 ? elements[1].Name : null;
        return new KeySchema(elements[0].Name, TypeOf(elements[0].Name), range, range is null ? AttributeType.S : TypeOf(range));

        AttributeType TypeOf(string name) => attributes.TryGetValue(name, out var type)
            ? type
            : throw AwsException.Validation(
                $"One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [{name}], AttributeDefinitions: [{string.Join(", ", attributes.Keys)}]");
    }
}
