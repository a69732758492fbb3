using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Databases.FlexibleServers.Handlers;

/// <summary>One step on one server while it is being worked on.</summary>
internal sealed record FlexibleStep<TInput>(StepContext Context, TInput Input, IArmClient Client)
    where TInput : FlexibleStepInput
{
    /// <summary>The engine.</summary>
    public FlexibleEngine Engine => Input.Source.Engine;

    /// <summary>What is restored, for messages.</summary>
    public string What => $"{Engine.Product} flexible server {Input.Target}";

    /// <summary>Where it is, for messages.</summary>
    public string Place => Input.Source.Place;

    /// <summary>The resource id of something in what is restored.</summary>
    public string In(string path) => $"{Input.TargetId}/{path}";

    /// <summary>The restored server; null if there is none, or none that can be seen yet.</summary>
    public Task<JsonObject?> FindAsync(CancellationToken cancellationToken) => Client.FindAsync(Input.TargetId, cancellationToken);

    /// <summary>Whether a server was made by this run from this source to this time. Its tags are the only ones to tell.</summary>
    public bool IsOurs(JsonObject server) => AzureRunTags.AreIn(ArmJson.Tags(server), Input.RunId, Input.RestoreTime, Input.Source.Name);
}
