using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>One step of the store's history.</summary>
/// <param name="Version">The resource version the step made.</param>
/// <param name="Key">The resource concerned.</param>
/// <param name="Before">The object before; null where it was created.</param>
/// <param name="After">The object after; null where it was deleted.</param>
/// <param name="Last">What a DELETED event shows: the last object with the version of its deletion.</param>
internal sealed record Change(long Version, (string Group, string Plural) Key, JsonObject? Before, JsonObject? After, JsonObject Last);
