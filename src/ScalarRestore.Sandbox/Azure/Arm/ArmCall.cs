using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>One call, inside the subscription's lock.</summary>
/// <param name="Azure">The subscription.</param>
/// <param name="Request">The request.</param>
/// <param name="Values">The values of the route's braces.</param>
/// <param name="Now">Sandbox time.</param>
internal readonly record struct ArmCall(
    AzureSubscription Azure, ArmRequest Request, IReadOnlyDictionary<string, string> Values, DateTimeOffset Now)
{
    /// <summary>The body; an empty object where there is none.</summary>
    public JsonObject Body => Request.Body ?? [];

    public JsonObject Properties => Body.Object("properties") ?? [];

    public string this[string name] => Values[name];
}
