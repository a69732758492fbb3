using System.Text.Json.Nodes;

namespace ScalarRestore.Integration.Tests.FlexibleServers;

/// <summary>Servers are restored beside their source, and are as it was.</summary>
public sealed class ServerTests(FlexibleSandbox sandbox) : IClassFixture<FlexibleSandbox>
{
    private static readonly string[] Kept = ["version", "availabilityZone", "storage", "network", "maintenanceWindow", "authConfig", "dataEncryption"];

    private static readonly string[] Lost = ["role assignments, diagnostic settings, alerts, locks, threat protection and backup policies of vaults are not taken over"];

    [Theory]
    [InlineData("mysql", true)]
    [InlineData("mysql", false)]
    [InlineData("postgresql", true)]
    [InlineData("postgresql", false)]
    public async Task A_server_is_restored_with_every_setting_whatever_the_service_takes_over(string engine, bool takesOver)
    {
        var source = $"{(takesOver ? "over" : "lost")}-{engine}";
        var flag = takesOver ? "true" : "false";
        await sandbox.Process.Control.PatchSettingsAsync(
            $$$$"""{"azure":{"{{{{engine}}}}":{"firewallCopied":{{{{flag}}}},"parametersApplied":{{{{flag}}}},"tagsCopied":{{{{flag}}}},"administratorsCopied":{{{{flag}}}} } } }""");
        await sandbox.MakeRichAsync(engine, source);
        var provider = sandbox.Provider(engine);
        var point = await sandbox.PointAsync();
        await sandbox.Process.Control.SendAsync(HttpMethod.Post, $"azure/{engine}/servers/{source}/rows", """{"database":"app","table":"orders","rows":{"1":{"v":2},"2":{"v":9}}}""");
        var run = new PlanRun(await provider.CaptureAsync(sandbox.Query(engine, source), FlexibleSandbox.Intent(point), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        await run.RunAsync(provider);

        var name = $"{source}-{FlexibleSandbox.Run}";
        var (before, now) = (await sandbox.ServerAsync(engine, source), await sandbox.ServerAsync(engine, name));
        foreach (var property in Kept)
            Assert.Equal((property, before["properties"]![property]?.ToJsonString()), (property, now["properties"]![property]?.ToJsonString()));

        Assert.Equal(("ZoneRedundant", "3", "Healthy"), ((string?)now["properties"]!["highAvailability"]!["mode"], (string?)now["properties"]!["highAvailability"]!["standbyAvailabilityZone"], (string?)now["properties"]!["highAvailability"]!["state"]));
        Assert.Equal((21, "Enabled"), ((int)now["properties"]!["backup"]!["backupRetentionDays"]!, (string?)now["properties"]!["backup"]!["geoRedundantBackup"]));
        Assert.Equal(("orders", "42"), ((string?)now["tags"]!["team"], (string?)now["tags"]!["cost"]));
        Assert.Equal(FlexibleSandbox.Identity, Assert.Single(now["identity"]!["userAssignedIdentities"]!.AsObject()).Key);
        foreach (var list in (string[])["firewallRules", "administrators", "configurations"])
            Assert.Equal(await PropertiesAsync(engine, source, list), await PropertiesAsync(engine, name, list));

        Assert.Equal("""{"1":{"v":1}}""", (await sandbox.Process.Control.GetAsync($"azure/{engine}/servers/{name}/rows?database=app&table=orders"))["items"]!.ToJsonString());
        var database = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull));
        Assert.Equal(
            (engine == "mysql" ? DatabaseKind.AzureMySQL : DatabaseKind.AzurePostgreSQL, source, name, sandbox.Id(engine, name), true),
            (database.Kind, database.Identifier, database.NewIdentifier, database.NewResourceId, database.Verified));
        Assert.Equal(Lost, database.Drift);
        var suffix = engine == "mysql" ? "mysql.database.azure.com" : "postgres.database.azure.com";
        Assert.Equal([$"{source}.{suffix} -> {name}.{suffix}"], database.Endpoints.Select(change => change.ToString()));
        Assert.Empty(run.Warnings);

        // Static parameters share one restart, and there is none where nothing waits for it.
        var restarts = (await sandbox.Process.Control.CallsAsync()).Count(call => call.Operation == "RestartServer" && call.Resource == name);
        Assert.Equal(takesOver ? 0 : 1, restarts);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("postgresql")]
    public async Task A_private_server_stays_in_its_subnet_and_is_encrypted_by_its_key(string engine)
    {
        var zone = engine == "mysql" ? "privateDnsZoneResourceId" : "privateDnsZoneArmResourceId";
        await sandbox.MakeAsync(engine, $"private-{engine}", $$$"""
            "identity":{"type":"UserAssigned","userAssignedIdentities":{"{{{FlexibleSandbox.Identity}}}":{"principalId":"p"} } },
            "properties":{
              "network":{"delegatedSubnetResourceId":"/subscriptions/s/subnets/db","{{{zone}}}":"/subscriptions/s/privateDnsZones/own.private.example","publicNetworkAccess":"Disabled"},
              "dataEncryption":{"type":"AzureKeyVault","primaryKeyURI":"https://vault.example/keys/k/1","primaryUserAssignedIdentityId":"{{{FlexibleSandbox.Identity}}}","primaryEncryptionKeyStatus":"Valid"} }
            """);
        var (run, provider) = await sandbox.RestoreAsync(engine, $"private-{engine}");
        var now = (await sandbox.ServerAsync(engine, $"private-{engine}-{FlexibleSandbox.Run}"))["properties"]!;
        Assert.Equal(("/subscriptions/s/subnets/db", "/subscriptions/s/privateDnsZones/own.private.example"), ((string?)now["network"]!["delegatedSubnetResourceId"], (string?)now["network"]![zone]));
        Assert.Equal("https://vault.example/keys/k/1", (string?)now["dataEncryption"]!["primaryKeyURI"]);
        Assert.Equal(Lost, Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Drift);

        var body = RestoreBody(engine, $"private-{engine}");
        Assert.Equal(["delegatedSubnetResourceId", zone], body["properties"]!["network"]!.AsObject().Select(member => member.Key));
        Assert.Equal("""{"type":"AzureKeyVault","primaryKeyURI":"https://vault.example/keys/k/1","primaryUserAssignedIdentityId":"ID"}""", body["properties"]!["dataEncryption"]!.ToJsonString().Replace(FlexibleSandbox.Identity, "ID", StringComparison.Ordinal));
        Assert.Equal("""{"type":"UserAssigned","userAssignedIdentities":{"ID":{}}}""", body["identity"]!.ToJsonString().Replace(FlexibleSandbox.Identity, "ID", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mysql", "restorePointInTime", "Microsoft.DBforMySQL", "2024-12-30", "")]
    [InlineData("postgresql", "pointInTimeUTC", "Microsoft.DBforPostgreSQL", "2025-08-01", ""","backup":{"geoRedundantBackup":"Disabled"}""")]
    public async Task The_body_of_a_restore_is_as_documented(string engine, string timeProperty, string provider, string version, string more)
    {
        var source = $"body-{engine}";
        await sandbox.MakeAsync(engine, source, """ "tags":{"team":"orders"} """);
        var point = await sandbox.PointAsync();
        var handlers = sandbox.Provider(engine);
        var run = new PlanRun(await handlers.CaptureAsync(sandbox.Query(engine, source), FlexibleSandbox.Intent(point), CancellationToken.None), FlexibleSandbox.Run, sandbox.Clock);
        await run.RunAsync(handlers);
        var at = point.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var expected = JsonNode.Parse($$$"""
            {
              "location": "japaneast",
              "tags": {"scalarrestore-restore-time":"{{{at}}}","scalarrestore-run":"{{{FlexibleSandbox.Run}}}","scalarrestore-source":"{{{source}}}","team":"orders"},
              "properties": {
                "createMode": "PointInTimeRestore",
                "sourceServerResourceId": "/subscriptions/{{{sandbox.Process.AzureSubscriptionId}}}/resourceGroups/rg/providers/{{{provider}}}/flexibleServers/{{{source}}}",
                "{{{timeProperty}}}": "{{{at}}}", "availabilityZone": "1", "network": {"publicNetworkAccess":"Enabled"}{{{more}}}
              }
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, RestoreBody(engine, source)), RestoreBody(engine, source).ToJsonString());
        Assert.All(sandbox.Sent.All.Where(sent => sent.Path.Contains($"/{source}-", StringComparison.Ordinal)), sent => Assert.Equal($"?api-version={version}", sent.Query));
    }

    [Fact]
    public async Task Settings_are_put_back_in_the_documented_order_and_only_where_they_differ()
    {
        await sandbox.Process.Control.PatchSettingsAsync("""{"azure":{"mysql":{"firewallCopied":false,"parametersApplied":false,"tagsCopied":false,"administratorsCopied":false}}}""");
        await sandbox.MakeRichAsync("mysql", "order");
        await sandbox.RestoreAsync("mysql", "order");
        var id = sandbox.Id("mysql", $"order-{FlexibleSandbox.Run}");
        var sent = sandbox.Sent.All.Where(one => one.Path.StartsWith(id, StringComparison.Ordinal)).Select(one => $"{one.Method} {one.Path[id.Length..]} {string.Join(',', (one.Body?["properties"] as JsonObject ?? []).Select(member => member.Key))}".TrimEnd()).ToList();
        Assert.Equal(
            [
                "PUT  availabilityZone,network,createMode,sourceServerResourceId,restorePointInTime",
                "POST /updateConfigurations",
                "POST /restart",
                "PUT /firewallRules/cluster startIpAddress,endIpAddress",
                "PUT /firewallRules/office startIpAddress,endIpAddress",
                "PATCH",
                "PUT /administrators/ActiveDirectory administratorType,login,sid,tenantId,identityResourceId",
                "PATCH  maintenanceWindow",
                "PATCH  highAvailability",
            ],
            sent);
        var posts = sandbox.Sent.All.Where(one => one.Path.StartsWith(id, StringComparison.Ordinal) && one.Method == "POST").Select(one => one.Body!.ToJsonString()).ToList();
        Assert.Equal(
            """{"value":[{"name":"performance_schema","properties":{"value":"ON","source":"user-override"}},{"name":"time_zone","properties":{"value":"\u002B09:00","source":"user-override"}},{"name":"wait_timeout","properties":{"value":"600","source":"user-override"}}],"resetAllToDefault":"False"}""",
            posts[0]);
        Assert.Equal("""{"restartWithFailover":"Disabled"}""", posts[1]);
    }

    [Fact]
    public async Task What_cannot_come_along_is_told()
    {
        await sandbox.MakeAsync("postgresql", "told", """
            "privateEndpoints":[{"name":"pe-1"}],
            "virtualEndpoints":[{"name":"vip","properties":{"endpointType":"ReadWrite","members":["told"]}}],
            "identity":{"type":"SystemAssigned","principalId":"p"}
            """);
        await sandbox.MakeAsync("postgresql", "told-copy", """ "replicaOf":"told" """);
        var (run, provider) = await sandbox.RestoreAsync("postgresql", "told");
        var drift = Assert.Single(provider.Describe(run.Plan, run.EvidenceOrNull)).Drift;
        Assert.Contains(drift, line => line.Contains("read replica told-copy copies the old server", StringComparison.Ordinal));
        Assert.Contains(drift, line => line.Contains("private endpoint pe-1", StringComparison.Ordinal));
        Assert.Contains(drift, line => line.Contains("virtual endpoint vip", StringComparison.Ordinal));
        Assert.Contains(drift, line => line.Contains("system-assigned identity", StringComparison.Ordinal));
    }

    private JsonNode RestoreBody(string engine, string source) =>
        Assert.Single(sandbox.Sent.All, sent => sent.Method == "PUT" && sent.Path == sandbox.Id(engine, $"{source}-{FlexibleSandbox.Run}")).Body!;

    private async Task<IReadOnlyList<string>> PropertiesAsync(string engine, string server, string list) =>
    [
        .. (await sandbox.ListAsync(engine, server, list))
            .Select(item => $"{item["name"]} {string.Join(',', item["properties"]!.AsObject().OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}"))}").Order(StringComparer.Ordinal),
    ];
}
