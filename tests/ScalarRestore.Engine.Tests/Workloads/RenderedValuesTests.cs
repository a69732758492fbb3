using System.Security.Cryptography;
using System.Text;
using ScalarRestore.Engine.Diagnostics;
using ScalarRestore.Engine.Values;
using ScalarRestore.Engine.Workloads;

namespace ScalarRestore.Engine.Tests.Workloads;

/// <summary>What values become in a manifest, of charts that are no longer installed anywhere but in production.</summary>
public sealed class RenderedValuesTests
{
    private const string OldServer =
        """
        ---
        # Source: scalardb/templates/configmap.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: db-scalardb-config-file
        data:
          database.properties: |
            scalar.db.contact_points=jdbc:mysql://old/
            scalar.db.contact_port=3306
            scalar.db.username=admin
            scalar.db.password=old-password
            scalar.db.storage=jdbc
        ---
        # Source: scalardb/templates/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: db-scalardb
        spec:
          replicas: 3
          template:
            metadata:
              labels:
                app.kubernetes.io/app: scalardb
            spec:
              containers:
                - name: scalardb

        """;

    private const string OldLedger =
        """
        ---
        # Source: scalardl/templates/ledger/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: l-scalardl-ledger
        spec:
          replicas: 3
          template:
            metadata:
              labels:
                app.kubernetes.io/app: ledger
            spec:
              containers:
                - name: scalardl-ledger
                  env:
                    - name: SCALAR_DB_CONTACT_POINTS
                      value: "jdbc:mysql://old/"
                    - name: SCALAR_DB_STORAGE
                      value: jdbc

        """;

    [Fact]
    public async Task The_oldest_charts_of_ScalarDB_Server_write_the_properties_themselves()
    {
        var rendered = await RenderAsync(ScalarProduct.Server, "2.2.5", OldServer, ("scalardb.storageConfiguration.contactPoints", "jdbc:mysql://new/"), ("scalardb.storageConfiguration.password", "new-password"));
        Assert.Equal(
            OldServer.Replace("jdbc:mysql://old/", "jdbc:mysql://new/", StringComparison.Ordinal).Replace("old-password", "new-password", StringComparison.Ordinal),
            rendered.Manifest);
        var data = Assert.Single(rendered.Data);
        Assert.Equal((RenderedKind.ConfigMap, "db-scalardb-config-file"), data.Key);
        Assert.Contains("scalar.db.contact_points=jdbc:mysql://new/\n", (string)data.Value["database.properties"]!, StringComparison.Ordinal);
        Assert.Null(rendered.Checksum);
    }

    [Fact]
    public async Task The_oldest_charts_of_ScalarDL_have_other_variables()
    {
        var rendered = await RenderAsync(ScalarProduct.Ledger, "4.2.5", OldLedger, ("ledger.scalarLedgerConfiguration.dbContactPoints", "jdbc:mysql://new/"));
        Assert.Equal(("SCALAR_DB_CONTACT_POINTS", "jdbc:mysql://new/"), rendered.Variables.Select(pair => (pair.Key, pair.Value)).Single());
        Assert.Contains("jdbc:mysql://new/", rendered.Manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("jdbc:mysql://old/", rendered.Manifest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n---\n")]
    [InlineData("\n    \n")]
    [InlineData("\n")]
    public async Task The_checksum_covers_every_object_of_the_template(string end)
    {
        const string map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: l-ledger-properties\ndata:\n  ledger.properties.tmpl:\n    |\n      a=old";
        const string board = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: l-dashboard\ndata: {}";
        static string Sum(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
        var present = Sum($"{map}\n---\n{board}{end}");
        var manifest = $"---\n# Source: x/templates/ledger/configmap.yaml\n{map}\n---\n# Source: x/templates/ledger/configmap.yaml\n{board}\n"
            + OldLedger.Replace("      labels:", $"      annotations:\n        checksum/config: {present}\n      labels:", StringComparison.Ordinal);

        var rendered = await RenderAsync(ScalarProduct.Ledger, "4.5.3", manifest, ("ledger.ledgerProperties", "a=new\nb=2\n"));

        var text = map.Replace("    |\n      a=old", "    |\n      a=new\n      b=2", StringComparison.Ordinal);
        Assert.Contains(text, rendered.Manifest, StringComparison.Ordinal);
        Assert.Equal(Sum($"{text}\n---\n{board}{end}"), rendered.Checksum);
    }

    [Fact]
    public async Task A_block_that_the_chart_does_not_know_yet_has_no_place()
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RenderAsync(ScalarProduct.Ledger, "4.2.5", OldLedger, ("ledger.ledgerProperties", "a=b")));
        Assert.Equal("ValuesNotRendered", fault.Id);
    }

    [Theory]
    [InlineData("a=1\nscalar.db.password=p\\u00e4ss\"word\n", "error: p\\u00e4ss\"word here")]
    [InlineData("scalar.db.password=s3cret-word\n", "at \"scalar.db.password=s3cret-word\\n\"")]
    [InlineData("scalar.db.password=s3cret-word\n", "c2NhbGFyLmRiLnBhc3N3b3JkPXMzY3JldC13b3JkCg==")]
    [InlineData("scalar.db.password=s3cret-word\n", "czNjcmV0LXdvcmQ=")]
    public void What_helm_quotes_of_the_values_is_hidden(string block, string said)
    {
        var shown = SecretMask.Of([KeyValuePair.Create("ledger.ledgerProperties", block)]).Hide(said);
        Assert.Contains("***", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("word here", shown.Replace("*** here", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task<RenderedValues> RenderAsync(ScalarProduct product, string version, string manifest, params (string Key, string Text)[] texts)
    {
        var profile = ChartProfiles.Of(product);
        var record = Sample.Record("db", profile.Chart, version, 1, "deployed", manifest, [], profile.ReplicaKey);
        var scale = new ReleaseScale
        {
            Cluster = "c",
            Namespace = "prod",
            Release = "db",
            Product = product,
            Deployment = "d",
            Replicas = 3,
            Engine = WorkloadEngine.Record,
            ChartVersion = version,
            Values = new ReleaseValues { Keys = [.. texts.Select(text => text.Key)], Changes = [] },
        };
        var values = await AppliedValues.ReadAsync(new Source(texts), scale, record, CancellationToken.None);
        return RenderedValues.Of(profile, record, values!, "prod/db");
    }

    private sealed class Source((string Key, string Text)[] texts) : IReleaseValuesSource
    {
        public Task<IReadOnlyDictionary<string, string>> ReadAsync(ReleaseValues values, HelmReleaseRecord deployed, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(texts.ToDictionary(text => text.Key, text => text.Text, StringComparer.Ordinal));
    }
}
