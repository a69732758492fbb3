namespace ScalarRestore.Contracts;

/// <summary>Where values are kept.</summary>
public enum ValuesTarget
{
    /// <summary>A values file or a properties file.</summary>
    File,

    /// <summary>A Kubernetes Secret that feeds a placeholder.</summary>
    Secret,

    /// <summary>The values that helm keeps with a release.</summary>
    Release,
}
