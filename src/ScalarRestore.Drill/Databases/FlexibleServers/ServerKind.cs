using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Drill.Databases.Azure;
using ScalarRestore.Drill.Sandbox;

namespace ScalarRestore.Drill.Databases.FlexibleServers;

/// <summary>Flexible servers of Azure Database for MySQL or for PostgreSQL.</summary>
internal sealed class ServerKind(SandboxChild sandbox, AzureApi azure, bool isMySql, string password) : AzureKind(sandbox, azure)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly string[] Lists = ["firewallRules", "configurations", "administrators", "databases"];

    /// <inheritdoc/>
    public override string Word => isMySql ? "mysql" : "postgresql";

    /// <inheritdoc/>
    public override string Service => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Makes { get; } = ["RestoreServer", "PutServer"];

    /// <inheritdoc/>
    public override string Noun => isMySql ? "MySQL server" : "PostgreSQL server";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Own { get; } = ["backup/earliestRestoreDate"];

    private string Version => isMySql ? "2024-12-30" : "2025-08-01";

    private string Type => $"providers/Microsoft.DBfor{(isMySql ? "MySQL" : "PostgreSQL")}/flexibleServers";

    /// <inheritdoc/>
    public override string Id(string name) => $"{Azure.Subscription}/resourceGroups/{Group}/{Type}/{name}";

    /// <inheritdoc/>
    public override string Address(string name) => isMySql ? $"//{name}.mysql.database.azure.com:3306/" : $"//{name}.postgres.database.azure.com:5432/";

    /// <inheritdoc/>
    public override string Properties(string name, string? key) => $"""
        # The database, and its user
        scalar.db.storage=jdbc
        scalar.db.contact_points=jdbc:{Word}:{Address(name)}scalar
        scalar.db.username=adm
        scalar.db.password={password}
        """.ReplaceLineEndings("\n");

    /// <inheritdoc/>
    public override Task MakeAsync(AzureSource source, CancellationToken cancellationToken) =>
        Sandbox.Control.SetAsync($"azure/{Word}/servers/{source.Name}", ServerSeed.Of(source, isMySql, Sandbox.Now), cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(AzureSource source, AzureTable table, JsonObject items, CancellationToken cancellationToken) => Sandbox.Control.WriteAsync(
        $"azure/{Word}/servers/{source.Name}/rows", new JsonObject { ["database"] = table.Database, ["table"] = table.Name, ["rows"] = items }, cancellationToken);

    /// <inheritdoc/>
    public override Task<JsonObject> ItemsAsync(AzureSource source, AzureTable table, CancellationToken cancellationToken) =>
        Sandbox.Control.ItemsAsync($"azure/{Word}/servers/{source.Name}/rows?database={table.Database}&table={table.Name}", cancellationToken);

    /// <inheritdoc/>
    public override async Task UntilRestorableAsync(string name, CancellationToken cancellationToken)
    {
        while ((await Azure.GetAsync(Id(name), Version, cancellationToken))["properties"]!["backup"]!["earliestRestoreDate"] is null)
        {
            await Sandbox.DelayAsync(Poll, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async Task<AzureView> ViewAsync(string name, CancellationToken cancellationToken)
    {
        var inside = new JsonObject();
        foreach (var list in Lists)
        {
            inside[list] = new JsonObject((await Azure.ListAsync($"{Id(name)}/{list}", Version, cancellationToken))
                .Select(one => KeyValuePair.Create((string)one["name"]!, one["properties"]?.DeepClone())));
        }

        return new AzureView(name, await Azure.GetAsync(Id(name), Version, cancellationToken), inside);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlySet<string>> NamesAsync(CancellationToken cancellationToken) =>
        (await Azure.ListAsync($"{Azure.Subscription}/{Type}", Version, cancellationToken)).Select(server => (string)server["name"]!).ToHashSet(StringComparer.Ordinal);

    /// <summary>The service does not tell what a server was restored from, nor to when; the sandbox does.</summary>
    public override async Task<IReadOnlyList<AzureCopy>> CopiesAsync(AzureView source, IReadOnlySet<string> known, CancellationToken cancellationToken) =>
    [
        .. from server in (await Sandbox.Control.WholeStateAsync(cancellationToken))["azure"]![Word]!.AsArray()
           let name = (string)server["name"]!
           where server["restoredTo"] is not null && !known.Contains(name) && name.StartsWith($"{Origin(source.Name)}-", StringComparison.Ordinal)
           select new AzureCopy(name, DateTimeOffset.Parse((string)server["restoredTo"]!, CultureInfo.InvariantCulture)),
    ];

    /// <inheritdoc/>
    public override Task DeleteAsync(string name, CancellationToken cancellationToken) => Azure.DeleteAsync(Id(name), Version, cancellationToken);

    // As it was first called: release and kind.
    private static string Origin(string name) => string.Join('-', name.Split('-')[..2]);
}
