namespace ScalarRestore.Contracts;

/// <summary>
/// Every fault that leaves the engine: it names the thing, the place and the mend. Exceptions of the cloud SDKs never cross, because
/// their types live in the engine's own load context and cannot be caught by name.
/// </summary>
public sealed class RestoreException : Exception
{
    /// <summary>Makes a fault that is fit to be shown.</summary>
    /// <param name="id">The error id, stable and without blanks, for example <c>TableNotFound</c>.</param>
    /// <param name="category">The kind of the fault.</param>
    /// <param name="message">What is wrong with what, and where.</param>
    /// <param name="target">The resource, never the command.</param>
    /// <param name="mend">What to do about it; a command where there is one.</param>
    /// <param name="inner">The cause; its message is already part of <paramref name="message"/>.</param>
    public RestoreException(string id, FaultCategory category, string message, string? target = null, string? mend = null, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Category = category;
        Target = target;
        Mend = mend;
    }

    /// <summary>The error id.</summary>
    public string Id { get; }

    /// <summary>The kind of the fault.</summary>
    public FaultCategory Category { get; }

    /// <summary>The resource that the fault is about.</summary>
    public string? Target { get; }

    /// <summary>What to do about it.</summary>
    public string? Mend { get; }

    /// <summary>The service's own error code, for example <c>ThrottlingException</c>.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>Whether the same call may go through later.</summary>
    public bool Retryable { get; init; }

    /// <summary>The single faults, where several were found at once.</summary>
    public IReadOnlyList<RestoreException> Faults { get; init; } = [];
}
