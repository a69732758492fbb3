namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>How a patch is meant.</summary>
internal enum KubePatchType
{
    /// <summary>RFC 7386: objects merge, everything else is replaced.</summary>
    Merge,

    /// <summary>As merge, but lists of named things merge by their key.</summary>
    Strategic,

    /// <summary>RFC 6902: a list of operations.</summary>
    Json,
}
