namespace ScalarRestore.Sandbox.Azure.Servers.Model;

/// <summary>A parameter that an engine knows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its value where none is set.</param>
/// <param name="IsDynamic">Whether a change needs no restart.</param>
/// <param name="IsReadOnly">Whether it cannot be changed.</param>
/// <param name="DataType">Integer, Boolean, Enumeration, Numeric, Set or String.</param>
/// <param name="Allowed">What it can be set to; empty for anything.</param>
internal sealed record ServerParameter(
    string Name, string Default, bool IsDynamic = true, bool IsReadOnly = false, string DataType = "Integer", string Allowed = "");
