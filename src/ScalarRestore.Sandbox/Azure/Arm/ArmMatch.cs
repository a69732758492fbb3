namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>A request and the call that it is.</summary>
/// <param name="Request">The request.</param>
/// <param name="Route">The call; null where there is no such path.</param>
/// <param name="Values">The values in the path; null where there is no such path.</param>
internal sealed record ArmMatch(ArmRequest Request, ArmRoute? Route, IReadOnlyDictionary<string, string>? Values)
{
    /// <summary>The operation's name in its service.</summary>
    public string Operation { get; } = Route is null ? "" : Route.Naming?.Invoke(Request) ?? Route.Operation;
}
