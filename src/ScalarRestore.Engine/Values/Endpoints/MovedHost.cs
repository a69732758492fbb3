namespace ScalarRestore.Engine.Values.Endpoints;

/// <summary>A host of a contact point and what becomes of it.</summary>
/// <param name="Host">The host.</param>
/// <param name="Move">The change that it is the old or already the new endpoint of; null if it has nothing to do with any.</param>
/// <param name="Edits">What has to be replaced in the contact point; empty where it is the new endpoint already, or another.</param>
/// <param name="After">Host and port afterwards.</param>
internal sealed record MovedHost(HostSpan Host, EndpointMove? Move, IReadOnlyList<TextEdit> Edits, string After);
