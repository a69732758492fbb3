namespace ScalarRestore.Contracts;

/// <summary>The Scalar products that keep data in a database of their own.</summary>
public enum ScalarProduct
{
    /// <summary>ScalarDB Server, chart <c>scalardb</c>.</summary>
    Server,

    /// <summary>ScalarDB Cluster, chart <c>scalardb-cluster</c>.</summary>
    Cluster,

    /// <summary>ScalarDL Ledger, chart <c>scalardl</c>.</summary>
    Ledger,

    /// <summary>ScalarDL Auditor, chart <c>scalardl-audit</c>.</summary>
    Auditor,
}
