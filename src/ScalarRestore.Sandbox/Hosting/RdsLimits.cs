namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Quotas of one account in one region, and the rates at which it takes calls.</summary>
internal sealed record RdsLimits
{
    /// <summary>DB instances, members of clusters included.</summary>
    public int Instances { get; init; } = 40;

    public int Clusters { get; init; } = 40;

    /// <summary>GiB of all DB instances together; Aurora's volumes do not count.</summary>
    public int AllocatedStorage { get; init; } = 100_000;

    public int SubnetGroups { get; init; } = 50;

    public int SubnetsPerSubnetGroup { get; init; } = 20;

    public int ParameterGroups { get; init; } = 50;

    public int ClusterParameterGroups { get; init; } = 50;

    public int OptionGroups { get; init; } = 20;

    /// <summary>Roles of one instance.</summary>
    public int InstanceRoles { get; init; } = 5;

    /// <summary>Roles of one cluster.</summary>
    public int ClusterRoles { get; init; } = 5;

    /// <summary>Custom endpoints of one cluster.</summary>
    public int EndpointsPerCluster { get; init; } = 5;

    /// <summary>Members of one Aurora cluster: a writer and fifteen readers.</summary>
    public int MembersPerCluster { get; init; } = 16;

    /// <summary>Calls a sandbox second that operations without a rate of their own may take.</summary>
    public double DefaultCallRate { get; init; } = 100;

    /// <summary>Calls a sandbox second by operation. What a settings file says here is added to these.</summary>
    public IReadOnlyDictionary<string, double> CallRates { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}
