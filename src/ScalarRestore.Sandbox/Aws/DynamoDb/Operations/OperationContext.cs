using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>One call, inside the region's lock: what it asks, when, and where the answer goes. The answer's outer object is open
/// already.</summary>
internal readonly record struct OperationContext(DynamoDbRegion Region, JsonElement Input, Utf8JsonWriter Writer, DateTimeOffset Now);
