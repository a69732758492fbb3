namespace ScalarRestore.Contracts;

/// <summary>How a Helm release is changed.</summary>
public enum WorkloadEngine
{
    /// <summary><see cref="Helm"/> where the helm program is on PATH and the chart can be had, else <see cref="Record"/>.</summary>
    Auto,

    /// <summary>The helm program, as the guide documents, with the chart version pinned to the deployed one.</summary>
    Helm,

    /// <summary>In process: the Deployment is patched and the next release record is written as Helm would write it.</summary>
    Record,
}
