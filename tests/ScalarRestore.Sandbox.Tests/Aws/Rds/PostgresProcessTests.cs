using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Xml.Linq;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using ScalarRestore.Sandbox.Aws.Rds;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>The sandbox as a process, with servers that go with it.</summary>
public sealed class PostgresProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [ToolFact("postgres", "psql")]
    public async Task Leaves_nothing_behind_when_told_to_end()
    {
        await using var sandbox = await SandboxProcess.StartAsync("--postgres", "auto", "--time-scale", "20");
        Assert.Matches(@"^\d+", (string)sandbox.Ready["postgres"]!);
        var (address, home) = await ServeAsync(sandbox);
        Assert.Equal(0, await sandbox.StopAsync());
        await GoneAsync(address, home);
    }

    [ToolFact("postgres", "psql")]
    public async Task Leaves_nothing_behind_when_killed()
    {
        var sandbox = await SandboxProcess.StartAsync("--postgres", "auto", "--time-scale", "20");
        var (address, home) = await ServeAsync(sandbox);

        // As with a terminal that is closed: what works for the sandbox hears of that too, and first.
        var processes = Processes(home).ToArray();
        if (processes.Length > 0)
            (await Tool.RunAsync("kill", ["-HUP", .. processes])).Succeeded();

        // Disposing of it kills it.
        await sandbox.DisposeAsync();
        await GoneAsync(address, home);
    }

    [Fact]
    public async Task Refuses_a_folder_without_the_programs()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => SandboxProcess.StartAsync("--postgres", Path.Combine(TestPaths.TestsFolder, "nonexistent")));
        Assert.Contains("--postgres", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_it_has_none_where_none_was_asked_for()
    {
        await using var sandbox = await SandboxProcess.StartAsync();
        Assert.True(sandbox.Ready.ContainsKey("postgres"));
        Assert.Null(sandbox.Ready["postgres"]);
    }

    // An instance through the signed API, and the folder of all servers as the instance itself tells it.
    private static async Task<(DatabaseAddress Address, string Home)> ServeAsync(SandboxProcess sandbox)
    {
        using var http = new HttpClient();
        await CallAsync(http, sandbox, $"Action=CreateDBInstance&Version=2014-10-31&DBInstanceIdentifier=src&{RdsHarness.Postgres}");
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var described = await CallAsync(http, sandbox, "Action=DescribeDBInstances&Version=2014-10-31&DBInstanceIdentifier=src");
            var status = described.Descendants().Single(e => e.Name.LocalName == "DBInstanceStatus").Value;
            Assert.NotEqual("failed", status);
            if (status == "available")
            {
                var endpoint = described.Descendants().Single(e => e.Name.LocalName == "Endpoint").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
                var address = new DatabaseAddress(endpoint["Address"], int.Parse(endpoint["Port"], CultureInfo.InvariantCulture));
                var data = await PostgresHarness.SqlAsync(address, "SHOW data_directory");
                return (address, Path.GetDirectoryName(Path.GetDirectoryName(data))!);
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task GoneAsync(DatabaseAddress address, string home)
    {
        Assert.Contains("scalar-postgres-", home, StringComparison.Ordinal);
        using var patience = new CancellationTokenSource(Patience);
        while (Directory.Exists(home) || Processes(home).Any())
            await Task.Delay(20, patience.Token);

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(address.Host, address.Port, patience.Token).AsTask());
    }

    // Everything that works for a sandbox is told its folder; elsewhere than on Linux there is no file to read that in.
    private static IEnumerable<string> Processes(string home) => !Directory.Exists("/proc/self")
        ? []
        : Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(id => char.IsAsciiDigit(id[0])).Where(id =>
        {
            try
            {
                return File.ReadAllText(Path.Combine("/proc", id, "cmdline")).Contains(home, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });

    // There is no package for RDS among ours, so the requests are signed by hand.
    private static async Task<XElement> CallAsync(HttpClient http, SandboxProcess sandbox, string form)
    {
        var bytes = Encoding.UTF8.GetBytes(form);
        var request = new DefaultRequest(new ListTablesRequest(), "rds")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Endpoint = sandbox.AwsEndpoint,
            Content = bytes,
            AuthenticationRegion = sandbox.AwsRegion,
            OverrideSigningServiceName = "rds",
        };
        request.Headers["Content-Type"] = "application/x-www-form-urlencoded";
        var config = new AmazonDynamoDBConfig { ServiceURL = sandbox.AwsEndpoint.ToString(), AuthenticationRegion = sandbox.AwsRegion };
        var signature = new AWS4Signer().SignRequest(request, config, metrics: null, sandbox.AwsAccessKeyId, sandbox.AwsSecretAccessKey);
        using var message = new HttpRequestMessage(HttpMethod.Post, sandbox.AwsEndpoint) { Content = new ByteArrayContent(bytes) };
        foreach (var (key, value) in request.Headers.Where(h => !h.Key.Equals("host", StringComparison.OrdinalIgnoreCase)))
        {
            if (!message.Headers.TryAddWithoutValidation(key, value))
                message.Content.Headers.TryAddWithoutValidation(key, value);
        }

        message.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        using var response = await http.SendAsync(message);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return XElement.Parse(body);
    }
}
