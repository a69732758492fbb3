using System.Text.Json.Nodes;
using ScalarRestore.Drill.Sandbox;
using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases.Azure;

/// <summary>One kind of databases on Azure: how they are made, reached, looked at and compared.</summary>
internal abstract class AzureKind(SandboxChild sandbox, AzureApi azure)
{
    /// <summary>The resource group of all of them.</summary>
    public const string Group = "drill";

    /// <summary>Where all of them are.</summary>
    public const string Location = "westus";

    /// <summary>The kind, for people and machines.</summary>
    public abstract string Word { get; }

    /// <summary>What the sandbox's log calls the service.</summary>
    public abstract string Service { get; }

    /// <summary>Operations in that log that make something.</summary>
    public abstract IReadOnlyList<string> Makes { get; }

    /// <summary>What one is, for people.</summary>
    public abstract string Noun { get; }

    /// <summary>Properties that each has of its own, as paths.</summary>
    public abstract IReadOnlyList<string> Own { get; }

    /// <summary>The sandbox.</summary>
    protected SandboxChild Sandbox => sandbox;

    /// <summary>Azure Resource Manager.</summary>
    protected AzureApi Azure => azure;

    /// <summary>The resource id.</summary>
    public abstract string Id(string name);

    /// <summary>What names it in the properties of its clients, and nothing else.</summary>
    public abstract string Address(string name);

    /// <summary>The properties text of its release.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="key">Its key, or the placeholder that stands for it; null where there is none.</param>
    public abstract string Properties(string name, string? key);

    /// <summary>Makes one; nothing is in it.</summary>
    public abstract Task MakeAsync(AzureSource source, CancellationToken cancellationToken);

    /// <summary>Writes to a table; null deletes.</summary>
    public abstract Task WriteAsync(AzureSource source, AzureTable table, JsonObject items, CancellationToken cancellationToken);

    /// <summary>The items of a table.</summary>
    public abstract Task<JsonObject> ItemsAsync(AzureSource source, AzureTable table, CancellationToken cancellationToken);

    /// <summary>Everything that the API tells of one.</summary>
    public abstract Task<AzureView> ViewAsync(string name, CancellationToken cancellationToken);

    /// <summary>The key that its clients use; null where they have passwords of their own.</summary>
    public virtual Task<string?> KeyAsync(string name, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Waits until it can be restored to now.</summary>
    public virtual Task UntilRestorableAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was restored from one.</summary>
    /// <param name="source">The source.</param>
    /// <param name="known">The names of those that were there before.</param>
    /// <param name="cancellationToken">Stops.</param>
    public abstract Task<IReadOnlyList<AzureCopy>> CopiesAsync(AzureView source, IReadOnlySet<string> known, CancellationToken cancellationToken);

    /// <summary>The names of all that are there.</summary>
    public abstract Task<IReadOnlySet<string>> NamesAsync(CancellationToken cancellationToken);

    /// <summary>What ScalarDB cannot do without, whatever the source was like.</summary>
    public virtual IEnumerable<string> Lacks(AzureView view) => [];

    /// <summary>Stored procedures in it.</summary>
    public virtual int Procedures(AzureView view) => 0;

    /// <summary>Deletes one.</summary>
    public abstract Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>The account or server of a release.</summary>
    public AzureSource Of(ReleaseSpec release, int tables) => AzureSource.Of(release, Word, tables);

    /// <summary>The resource's own part of a view: what begins with an underscore is an id or a time.</summary>
    protected static JsonObject Resource(JsonObject child) => new(
        child["properties"]!["resource"]!.AsObject().Where(pair => !pair.Key.StartsWith('_')).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}
