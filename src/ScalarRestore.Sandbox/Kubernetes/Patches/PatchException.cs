namespace ScalarRestore.Sandbox.Kubernetes.Patches;

/// <summary>A patch that cannot be applied: malformed (400), or not fitting the object (422).</summary>
internal sealed class PatchException(string message, bool malformed) : Exception(message)
{
    public bool Malformed { get; } = malformed;
}
