using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Running;

/// <summary>What the runner writes down and looks up about steps.</summary>
internal interface IStepLedger
{
    /// <summary>The run's id.</summary>
    string RunId { get; }

    /// <summary>The command that takes the run up again.</summary>
    string ResumeCommand { get; }

    /// <summary>Whether a step's post-condition was seen to hold, in this process or an earlier one.</summary>
    bool IsDone(string stepKey);

    /// <summary>What a step that is done left as evidence; null if it is not done.</summary>
    JsonObject? EvidenceOf(string stepKey);

    /// <summary>How long a step that is done took; null if it is not done.</summary>
    TimeSpan? Took(string stepKey);

    /// <summary>Writes down that a step is about to begin, before it does anything.</summary>
    Task<StepBegun> BeginAsync(PlannedStep step, CancellationToken cancellationToken);

    /// <summary>Writes down the id of an operation that a step has started.</summary>
    Task OperationStartedAsync(PlannedStep step, string operationId, CancellationToken cancellationToken);

    /// <summary>Writes down that a step's post-condition holds.</summary>
    Task DoneAsync(PlannedStep step, JsonObject evidence, CancellationToken cancellationToken);

    /// <summary>Writes down that a step failed.</summary>
    Task FailedAsync(PlannedStep step, Exception fault, CancellationToken cancellationToken);

    /// <summary>Notes something that the operator must see.</summary>
    void Warn(PlannedStep step, string message);
}
