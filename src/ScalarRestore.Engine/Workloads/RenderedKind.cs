namespace ScalarRestore.Engine.Workloads;

/// <summary>Where a chart puts a value.</summary>
internal enum RenderedKind
{
    /// <summary>Into the data of a ConfigMap.</summary>
    ConfigMap,

    /// <summary>Into the data of a Secret, in base64.</summary>
    Secret,

    /// <summary>Into the environment of the product's container.</summary>
    Variable,
}
