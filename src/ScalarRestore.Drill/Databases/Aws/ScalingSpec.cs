namespace ScalarRestore.Drill.Databases.Aws;

/// <summary>Automatic scaling of one dimension of a resource.</summary>
/// <param name="Resource">The resource's id, such as <c>table/orders</c> or <c>cluster:ledger-db</c>.</param>
/// <param name="Dimension">What is scaled.</param>
/// <param name="Metric">The metric that is followed.</param>
/// <param name="Policy">The policy's name.</param>
/// <param name="Least">The least capacity.</param>
/// <param name="Most">The most capacity.</param>
internal sealed record ScalingSpec(string Resource, string Dimension, string Metric, string Policy, int Least, int Most);
