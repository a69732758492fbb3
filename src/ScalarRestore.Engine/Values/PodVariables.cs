namespace ScalarRestore.Engine.Values;

/// <summary>What is known of the environment variables that a pod's properties may refer to.</summary>
/// <param name="Known">Variables with their values.</param>
/// <param name="Complete">Whether a variable that is not known is certainly not set; false while a Secret that feeds more was not read.</param>
internal sealed record PodVariables(IReadOnlyDictionary<string, string> Known, bool Complete)
{
    /// <summary>Nothing is known.</summary>
    public static PodVariables None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal), Complete: false);
}
