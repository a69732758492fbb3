namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>One call to Azure Resource Manager, for retries, counts and messages. It holds no URL: those of operations are signed.</summary>
/// <param name="Method">The HTTP method, in capitals.</param>
/// <param name="Path">What is called.</param>
/// <param name="Target">What it is about, for messages: mostly a resource id.</param>
internal sealed record ArmCall(string Method, ArmPath Path, string Target)
{
    /// <summary>
    /// Whether a lost answer must not lead to the same call again, because doing the work twice is not the same as doing it once. The caller
    /// observes what became of the first one and decides anew.
    /// </summary>
    public bool Once => !ArmReadOnlyGuard.ChangesNothing(Method, Path);

    /// <summary>
    /// Whether the call may wait until another operation has let go of the resource. What makes a resource of its own must not: the other
    /// operation may be the first try of the same call.
    /// </summary>
    public bool WaitsForLock => Method != "PUT" || Path.IsChild;

    /// <summary>The action as roles name it, for example <c>Microsoft.DocumentDB/databaseAccounts/write</c>.</summary>
    public string Action => Path.ResourceType + Method switch
    {
        "PUT" or "PATCH" => "/write",
        "DELETE" => "/delete",
        "POST" => "/action",
        _ => "/read",
    };
}
