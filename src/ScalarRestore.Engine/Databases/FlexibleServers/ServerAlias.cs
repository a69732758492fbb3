namespace ScalarRestore.Engine.Databases.FlexibleServers;

/// <summary>Another host than a server's own by which workloads reach it.</summary>
/// <param name="Host">The host.</param>
/// <param name="Kind">What it is, for messages.</param>
internal sealed record ServerAlias(string Host, string Kind)
{
    /// <summary>A virtual endpoint.</summary>
    public const string VirtualEndpoint = "virtual endpoint";

    /// <summary>A read replica.</summary>
    public const string Replica = "read replica";

    /// <summary>A name of a private link or a private DNS zone.</summary>
    public const string PrivateName = "private name";
}
