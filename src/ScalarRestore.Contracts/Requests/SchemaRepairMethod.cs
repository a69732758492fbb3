namespace ScalarRestore.Contracts;

/// <summary>How what ScalarDB keeps beside its data is brought back into a restored Cosmos DB account.</summary>
public enum SchemaRepairMethod
{
    /// <summary>The stored procedures are read from the source account and put into the restored one, through Azure Resource Manager alone.</summary>
    Copy,

    /// <summary>ScalarDB Schema Loader is run on this machine, with <c>java -jar</c> and <c>--repair-all</c>.</summary>
    Loader,
}
