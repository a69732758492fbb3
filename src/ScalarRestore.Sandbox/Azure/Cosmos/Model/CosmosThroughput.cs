namespace ScalarRestore.Sandbox.Azure.Cosmos.Model;

/// <summary>Request units a second: so many always, or up to so many as needed.</summary>
internal readonly record struct CosmosThroughput(int Units, bool IsAutoscale)
{
    /// <summary>The least that it can be set to.</summary>
    public int Minimum => IsAutoscale ? 1000 : 400;
}
