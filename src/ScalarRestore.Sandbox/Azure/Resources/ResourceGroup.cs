namespace ScalarRestore.Sandbox.Azure.Resources;

/// <summary>A resource group.</summary>
internal sealed record ResourceGroup(string Name, string Location, IReadOnlyDictionary<string, string> Tags);
