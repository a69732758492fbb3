using System.Text.Json;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Planning;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.Rds.Handlers;

/// <summary>One step on one database while it is being worked on.</summary>
internal sealed record RdsStep<TInput>(StepContext Context, TInput Input, AwsClients Clients)
    where TInput : RdsStepInput
{
    /// <summary>The service.</summary>
    public RdsService Service => Clients.Rds;

    /// <summary>Whether it is about a cluster.</summary>
    public bool IsCluster => Input.Source.IsCluster;

    /// <summary>What is restored, for messages.</summary>
    public string What => IsCluster ? $"DB cluster {Input.Target}" : $"DB instance {Input.Target}";

    /// <summary>The evidence that another step left on the same database.</summary>
    public T Evidence<T>(string verb) => Context.EvidenceOf(RdsPlanner.Key(verb, Input.Source)).Deserialize<T>(PlanJson.Options)!;
}
