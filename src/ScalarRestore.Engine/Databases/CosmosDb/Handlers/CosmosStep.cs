using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.CosmosDb.Handlers;

/// <summary>One step on one account while it is being worked on.</summary>
internal sealed record CosmosStep<TInput>(StepContext Context, TInput Input, IArmClient Client)
    where TInput : CosmosStepInput
{
    /// <summary>What is restored, for messages.</summary>
    public string What => $"Cosmos DB account {Input.Target}";

    /// <summary>Where it is, for messages.</summary>
    public string Place => Input.Source.Place;

    /// <summary>The resource id of something in what is restored.</summary>
    public string In(string path) => $"{Input.TargetId}/{path}";

    /// <summary>The restored account; null if there is none.</summary>
    public Task<JsonObject?> FindAsync(CancellationToken cancellationToken) => Client.FindAsync(Input.TargetId, cancellationToken);

    /// <summary>Whether an account was made by this run from this source to this time: by its tags, and by what the service itself says of it.</summary>
    public bool IsOurs(JsonObject account) =>
        AzureRunTags.AreIn(ArmJson.Tags(account), Input.RunId, Input.RestoreTime, Input.Source.Name)
        && ArmJson.Time(ArmJson.Properties(account)["restoreParameters"], "restoreTimestampInUtc") is { } time
        && time.ToUnixTimeSeconds() == Input.RestoreTime.ToUnixTimeSeconds();
}
