using System.Text.Json.Nodes;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// Azure Resource Manager, untyped: what it describes stays JSON, so that properties of later versions are not lost. Paths begin with
/// <c>/subscriptions/</c> or <c>/providers/</c> and may carry a query; without an <c>api-version</c> in it they get the pinned one of their type.
/// </summary>
internal interface IArmClient
{
    /// <summary>The cloud.</summary>
    ArmCloud Cloud { get; }

    /// <summary>A resource.</summary>
    /// <exception cref="RestoreException">Also where it does not exist: <see cref="ArmFaults.NotFound"/>.</exception>
    Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken);

    /// <summary>A resource; null if it, or what it would be a part of, does not exist.</summary>
    Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>The items of all pages of a list.</summary>
    Task<IReadOnlyList<JsonObject>> ListAsync(string path, CancellationToken cancellationToken);

    /// <summary>Whether there is something at a path that is only asked by HEAD.</summary>
    Task<bool> ExistsAsync(string path, CancellationToken cancellationToken);

    /// <summary>
    /// Makes or replaces a resource. A lost answer is the caller's to look into, as is a refusal because of another operation
    /// (<see cref="ArmFaults.Busy"/>) where the resource is not a part of another: it may be this very call's first try.
    /// </summary>
    Task<ArmPoll> PutAsync(string path, JsonObject body, CancellationToken cancellationToken);

    /// <summary>Changes a resource. A lost answer is the caller's to look into.</summary>
    Task<ArmPoll> PatchAsync(string path, JsonObject body, CancellationToken cancellationToken);

    /// <summary>Calls an action: the path of a resource and the action's name. A lost answer is the caller's to look into.</summary>
    Task<ArmPoll> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken);

    /// <summary>Deletes a resource; one that does not exist is deleted. A lost answer is the caller's to look into.</summary>
    Task<ArmPoll> DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>Goes on looking after an operation that was begun in another process.</summary>
    ArmPoll Resume(ArmOperation operation);
}
