using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>One step on one table while it is being worked on.</summary>
internal sealed record TableStep<TInput>(StepContext Context, TInput Input, AwsClients Clients)
    where TInput : TableStepInput
{
    /// <summary>Account and region, for messages.</summary>
    public string Place => $"{Input.Table.Account}/{Input.Table.Region}";

    /// <summary>The evidence that another step left on the same table.</summary>
    public T Evidence<T>(string verb) => TableEvidence.Read<T>(Context.EvidenceOf($"{verb}:{KeyTail}"));

    private string KeyTail => Context.Step.Key[(Context.Step.Key.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
