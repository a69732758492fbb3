using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Control;
using ScalarRestore.Sandbox.Hosting;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Azure;

/// <summary>The fake Azure without a server around it, in a time that only passes when it is told to.</summary>
internal sealed class AzureHarness
{
    public const string Group = $"/subscriptions/{AzureSubscription.DefaultId}/resourceGroups/rg";
    public const string Accounts = $"{Group}/providers/Microsoft.DocumentDB/databaseAccounts";
    public const string Provider = $"/subscriptions/{AzureSubscription.DefaultId}/providers/Microsoft.DocumentDB";

    /// <summary>A database with one container, an item and the stored procedure that ScalarDB writes by.</summary>
    public const string Databases =
        """{"ledger":{"throughput":{"throughput":400},"containers":{"accounts":{"procedures":{"mutate.js":"function m(){}"},"items":{"a":{"v":1}}}}}}""";

    private readonly SandboxState _sandbox = new(new SandboxOptions { TimeScale = 1e-6 });

    public AzureHarness() => Cloud = new AzureCloud(_sandbox);

    public AzureCloud Cloud { get; }

    public DateTimeOffset Now => _sandbox.Clock.Now;

    public void Set(string settings) => _sandbox.Settings.Patch($$"""{"azure":{{settings}}}""");

    public void Pass(double seconds) => _sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Makes the resource group.</summary>
    public async Task<AzureHarness> BeginAsync()
    {
        await ControlAsync("PUT", "groups/rg", """{"location":"westus"}""");
        return this;
    }

    /// <summary>Calls the control interface.</summary>
    public async Task<object?> ControlAsync(string method, string path, string body = "")
    {
        var question = path.Split('?', 2);
        var context = Context(method, question[0], body);
        context.Request.QueryString = new QueryString(question.Length > 1 ? "?" + question[1] : "");
        return await AzureControl.AnswerAsync(context.Request, Cloud.Subscription, _sandbox.Settings, ArmRequest.Split(question[0]));
    }

    /// <summary>Calls Azure Resource Manager.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="url">A path, with or without a query; an absolute address is taken as it is.</param>
    /// <param name="body">The JSON body.</param>
    /// <param name="token">Another bearer token than the good one; an empty one for none.</param>
    public async Task<ArmAnswer> SendAsync(string method, string url, string body = "", string? token = null)
    {
        var address = new Uri(new Uri("https://localhost:1"), url);
        var query = address.Query.Length > 0 || url.Contains('?', StringComparison.Ordinal) ? address.Query : "?api-version=2025-10-15";
        var context = Context(method, address.AbsolutePath, body);
        context.Request.QueryString = new QueryString(query == "" ? "?" : query);
        if ((token ?? Token()) is { Length: > 0 } bearer)
            context.Request.Headers.Authorization = $"Bearer {bearer}";

        return Cloud.Server.Answer(Cloud.Server.Find(await ArmRequest.ReadAsync(context.Request)));
    }

    public async Task<JsonObject> GetAsync(string url) => (await SendAsync("GET", url)).Body!.AsObject();

    public async Task<ArmException> RefusalAsync(string method, string url, string body = "", string? token = null) =>
        await Assert.ThrowsAsync<ArmException>(() => SendAsync(method, url, body, token));

    /// <summary>What a request is called in the call log, as service:operation, with its resource.</summary>
    public async Task<(string Operation, string? Resource, bool IsWrite)> DescribeAsync(string method, string path, string body = "")
    {
        var call = Cloud.Server.Describe(Cloud.Server.Find(await ArmRequest.ReadAsync(Context(method, path, body).Request)));
        return ($"{call.Service}:{call.Operation}", call.Resource, call.IsWrite);
    }

    /// <summary>The status at the address of an answer's operation.</summary>
    public async Task<JsonObject> StatusAsync(ArmAnswer answer) => await GetAsync(Header(answer, "Azure-AsyncOperation")!);

    public static string? Header(ArmAnswer answer, string name) => answer.Headers.FirstOrDefault(h => h.Key == name).Value;

    /// <summary>Makes an account with continuous backups and what is in it.</summary>
    public Task AccountAsync(string name, string more = "") => ControlAsync(
        "PUT",
        $"cosmos/accounts/{name}",
        $$"""{"group":"rg","location":"westus","properties":{"backupPolicy":{"type":"Continuous"},"consistencyPolicy":{"defaultConsistencyLevel":"Strong"},"publicNetworkAccess":"Disabled","ipRules":[{"ipAddressOrRange":"10.0.0.1"}]},"tags":{"team":"ledger"},"databases":{{Databases}}{{more}}}""");

    public async Task<string> InstanceAsync(string account) =>
        (string)(await GetAsync($"{Accounts}/{account}"))["properties"]!["instanceId"]!;

    /// <summary>The body of a restore.</summary>
    public static string RestoreBody(string instance, DateTimeOffset at, string properties = "", string parameters = "", string location = "West US") =>
        $$$"""{"location":"{{{location}}}","kind":"GlobalDocumentDB","properties":{"databaseAccountOfferType":"Standard","createMode":"Restore","locations":[{"locationName":"{{{location}}}","failoverPriority":0}]{{{properties}}},"restoreParameters":{"restoreMode":"PointInTime","restoreSource":"{{{Provider}}}/locations/westus/restorableDatabaseAccounts/{{{instance}}}","restoreTimestampInUtc":"{{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}}"{{{parameters}}} } } }""";

    /// <summary>A bearer token that is good now.</summary>
    public string Token() => Cloud.Tokens.Issue("https://management.azure.com", clientId: null).Text;

    private static DefaultHttpContext Context(string method, string path, string body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("localhost", 1);
        context.Request.Path = Uri.UnescapeDataString(path.StartsWith('/') ? path : "/" + path);
        context.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
        return context;
    }
}
