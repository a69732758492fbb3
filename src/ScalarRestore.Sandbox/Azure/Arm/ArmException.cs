namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>An error that Azure Resource Manager or a service behind it answers, by the code that Azure uses.</summary>
internal sealed class ArmException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>For example ResourceNotFound.</summary>
    public string Code { get; } = code;

    /// <summary>What the answer's Retry-After says, in the caller's seconds; null for none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The answer's WWW-Authenticate; null for none.</summary>
    public string? Challenge { get; init; }
}
