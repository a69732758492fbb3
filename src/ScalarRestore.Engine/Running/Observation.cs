namespace ScalarRestore.Engine.Running;

/// <summary>One look at something that is waited for.</summary>
/// <param name="Done">Whether the post-condition holds.</param>
/// <param name="Status">The service's word.</param>
/// <param name="Value">What was seen.</param>
internal readonly record struct Observation<T>(bool Done, string Status, T Value);
