using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Arm;

public sealed class ArmPollTests
{
    private const string Creating = """{"name":"acc","properties":{"provisioningState":"Creating"}}""";
    private const string Created = """{"name":"acc","properties":{"provisioningState":"Succeeded"}}""";
    private static readonly string Record = FakeAzure.SignedUrl("operationsStatus");
    private static readonly string Result = FakeAzure.SignedUrl("operationResults");
    private readonly FakeAzure _azure = new();

    [Theory]
    [InlineData(200, """{"status":"Dequeued"}""", "Dequeued")]
    [InlineData(200, """{"status":"InProgress"}""", "InProgress")]
    [InlineData(201, """{"status":"Enqueued"}""", "Enqueued")]
    [InlineData(202, """{"status":"SomethingNew"}""", "SomethingNew")]
    [InlineData(200, """{"status":""}""", "InProgress")]
    [InlineData(200, """{"status":null}""", "InProgress")]
    [InlineData(200, "{}", "InProgress")]
    [InlineData(200, "", "InProgress")]
    [InlineData(202, "", "InProgress")]
    public async Task A_record_that_is_not_at_its_end_is_running(int status, string body, string word)
    {
        var poll = await PutAsync();
        _azure.Then(status, body);
        Assert.Equal(new Observation<JsonObject?>(Done: false, word, Value: null), await poll.LookAsync(CancellationToken.None));
        Assert.Equal("GET " + new Uri(Record).PathAndQuery, _azure.Sent[^1]);
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("succeeded")]
    public async Task The_outcome_of_a_record_that_succeeded_is_the_resource_as_it_is_then(string word)
    {
        var poll = await PutAsync();
        _azure.Then(200, $$"""{"status":"{{word}}"}""").Then(200, Created);
        var seen = await poll.LookAsync(CancellationToken.None);
        Assert.Equal((true, "Succeeded", "acc"), (seen.Done, seen.Status, (string?)seen.Value!["name"]));
        Assert.Equal($"GET {FakeAzure.Account}?api-version=2025-10-15", _azure.Sent[^1]);
    }

    [Theory]
    [InlineData(404, """{"error":{"code":"ResourceNotFound"}}""")]
    [InlineData(200, Creating)]
    [InlineData(200, """{"properties":{"state":"Starting"}}""")]
    public async Task A_resource_that_lags_behind_its_record_is_waited_for(int status, string resource)
    {
        var poll = await PutAsync();
        _azure.Then(200, """{"status":"Succeeded"}""").Then(status, resource);
        Assert.False((await poll.LookAsync(CancellationToken.None)).Done);
    }

    [Theory]
    [InlineData("""{"properties":{"state":"Stopped"}}""")]
    [InlineData("""{"properties":{"state":"Ready"}}""")]
    [InlineData("""{"properties":{}}""")]
    public async Task A_record_that_succeeded_needs_no_state_of_the_resource(string resource)
    {
        var poll = await PutAsync();
        _azure.Then(200, """{"status":"Succeeded"}""").Then(200, resource);
        Assert.True((await poll.LookAsync(CancellationToken.None)).Done);
    }

    [Theory]
    [InlineData("Failed", ArmFaults.OperationFailed)]
    [InlineData("FAILED", ArmFaults.OperationFailed)]
    [InlineData("Canceled", "AzureOperationCanceled")]
    [InlineData("Cancelled", "AzureOperationCanceled")]
    public async Task A_record_that_failed_is_a_fault_with_code_and_message(string word, string id)
    {
        var poll = await PutAsync();
        _azure.Then(200, $$$"""{"status":"{{{word}}}","error":{"code":"BadThing","message":"the reason, see {{{Record}}}"}}""");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => poll.LookAsync(CancellationToken.None));
        Assert.Equal((id, "BadThing", FakeAzure.Account), (fault.Id, fault.ServiceCode, fault.Target));
        Assert.Contains("BadThing: the reason", fault.Message, StringComparison.Ordinal);
        Assert.Contains("request req-1, correlation corr-1", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeAzure.Canary, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, """{"error":{"code":"Forbidden","message":"Database Account acc-westus does not exist"}}""")]
    [InlineData(404, """{"error":{"code":"NotFound"}}""")]
    [InlineData(410, "")]
    [InlineData(400, """{"error":{"code":"BadRequest"}}""")]
    [InlineData(412, """{"error":{"code":"PreconditionFailed","message":"another user operation in progress which requires an exclusive lock"}}""")]
    public async Task A_record_that_is_gone_or_refused_leads_to_the_resource_and_back(int status, string body)
    {
        var poll = await PutAsync();
        _azure.Then(status, body).Then(200, Creating);
        Assert.Equal((false, "Creating"), Words(await poll.LookAsync(CancellationToken.None)));
        _azure.Then(status, body).Then(404);
        Assert.Equal((false, "Missing"), Words(await poll.LookAsync(CancellationToken.None)));
        _azure.Then(200, """{"status":"Dequeued"}""");
        Assert.Equal((false, "Dequeued"), Words(await poll.LookAsync(CancellationToken.None)));
        _azure.Then(status, body).Then(200, Created);
        Assert.True((await poll.LookAsync(CancellationToken.None)).Done);
    }

    [Fact]
    public async Task A_resource_that_failed_is_a_fault_when_there_is_no_record_to_ask()
    {
        var poll = await PutAsync();
        _azure.Then(404).Then(200, """{"properties":{"provisioningState":"Failed"}}""");
        Assert.Equal(ArmFaults.OperationFailed, (await Assert.ThrowsAsync<RestoreException>(() => poll.LookAsync(CancellationToken.None))).Id);
    }

    [Fact]
    public async Task A_resource_that_may_not_be_read_is_a_fault_unless_it_is_said_not_to_exist()
    {
        var poll = _azure.Client().Resume(Operation("PUT"));
        _azure.Then(403, """{"error":{"code":"Forbidden","message":"Database Account acc does not exist"}}""");
        Assert.Equal((false, "Missing"), Words(await poll.LookAsync(CancellationToken.None)));
        _azure.Then(403, """{"error":{"code":"AuthorizationFailed","message":"no"}}""");
        Assert.Equal("AzureAccessDenied", (await Assert.ThrowsAsync<RestoreException>(() => poll.LookAsync(CancellationToken.None))).Id);
    }

    [Theory]
    [InlineData(FakeAzure.Account, Created, true)]
    [InlineData(FakeAzure.Account, Creating, false)]
    [InlineData(FakeAzure.Account, """{"properties":{"provisioningState":"Initializing"}}""", false)]
    [InlineData(FakeAzure.Server, """{"properties":{"state":"Ready"}}""", true)]
    [InlineData(FakeAzure.Server, """{"properties":{"state":"Updating"}}""", false)]
    [InlineData(FakeAzure.Server, """{"properties":{"state":"Stopped"}}""", false)]
    [InlineData(FakeAzure.Server, """{"properties":{}}""", false)]
    [InlineData(FakeAzure.Server + "/firewallRules/r", """{"properties":{"startIpAddress":"1.2.3.4"}}""", true)]
    public async Task Another_process_goes_on_by_the_resource(string id, string resource, bool done)
    {
        var journaled = (Operation("PUT") with { ResourceId = id, ApiVersion = "2024-01-01" }).ToText();
        _azure.Then(200, resource);
        var seen = await _azure.Client().Resume(ArmOperation.Read(journaled)!).LookAsync(CancellationToken.None);
        Assert.Equal(done, seen.Done);
        Assert.Equal([$"GET {id}?api-version=2024-01-01"], _azure.Sent);
    }

    [Fact]
    public async Task What_is_journaled_holds_no_url()
    {
        var poll = await PutAsync();
        var text = poll.Operation.ToText();
        Assert.DoesNotContain(FakeAzure.Canary, text + poll.Operation, StringComparison.Ordinal);
        Assert.DoesNotContain("http", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(poll.Operation, ArmOperation.Read(text));
        Assert.Equal((FakeAzure.Account, "PUT", "2025-10-15"), (poll.Operation.ResourceId, poll.Operation.Method, poll.Operation.ApiVersion));
        Assert.Null(ArmOperation.Read(null));
        Assert.Null(ArmOperation.Read("arn:aws:dynamodb"));
        Assert.Null(ArmOperation.Read("{}"));
    }

    [Fact]
    public async Task A_url_that_leads_elsewhere_is_not_followed_but_the_resource_is_asked()
    {
        _azure.Then(202, "", ("Azure-AsyncOperation", FakeAzure.SignedUrl("operationsStatus", "evil.test")), ("Location", "http://management.azure.com/x"));
        var poll = await _azure.Client().PutAsync(FakeAzure.Account, [], CancellationToken.None);
        _azure.Then(200, Creating);
        Assert.Equal((false, "Creating"), Words(await poll.LookAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task An_answer_without_any_url_leads_to_the_resource()
    {
        _azure.Then(200, Created).Then(200, """{"properties":{"provisioningState":"Updating"}}""").Then(200, Created);
        var poll = await _azure.Client().PatchAsync(FakeAzure.Account, [], CancellationToken.None);
        Assert.False((await poll.LookAsync(CancellationToken.None)).Done);
        Assert.True((await poll.LookAsync(CancellationToken.None)).Done);
    }

    [Fact]
    public async Task Between_two_looks_the_service_has_the_say()
    {
        _azure.Then(202, """{"operation":"RestoreSnapshotManagementOperation"}""", ("Azure-AsyncOperation", Record), ("Retry-After", "60"));
        var began = _azure.Clock.GetUtcNow();
        var poll = await _azure.Client().PutAsync(FakeAzure.Server, [], CancellationToken.None);
        _azure.Then(200, """{"status":"InProgress"}""", ("Retry-After", "60")).Then(503).Then(200, """{"status":"Succeeded"}""").Then(200, """{"properties":{"state":"Ready"}}""");
        var statuses = new List<string>();
        var plan = new PollPlan { What = "it", Target = FakeAzure.Server, Timeout = TimeSpan.FromHours(1), NextAction = "wait" };
        var server = await new Poller(_azure.Clock, new Random(1)).UntilAsync(plan, poll.LookAsync, statuses.Add, CancellationToken.None);
        Assert.NotNull(server);
        Assert.Equal(5, _azure.Sent.Count);
        Assert.All(statuses[..^1], status => Assert.Equal("InProgress", status));
        Assert.InRange((_azure.Times[1] - began).TotalSeconds, 60, 73);
        Assert.InRange((_azure.Times[2] - _azure.Times[1]).TotalSeconds, 60, 73);
    }

    [Fact]
    public async Task The_deadline_is_the_pollers()
    {
        var poll = await PutAsync();
        for (var i = 0; i < 20; i++)
            _azure.Then(200, """{"status":"Dequeued"}""");

        var plan = new PollPlan { What = "it", Target = FakeAzure.Account, Timeout = TimeSpan.FromMinutes(1), NextAction = "wait" };
        var fault = await Assert.ThrowsAsync<RestoreException>(() => new Poller(_azure.Clock, new Random(1)).UntilAsync(plan, poll.LookAsync, report: null, CancellationToken.None));
        Assert.Equal("WaitTimedOut", fault.Id);
        Assert.Contains("Dequeued", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_outlives_an_outage_and_one_that_does_not_end_is_a_fault()
    {
        var poll = await PutAsync();
        for (var i = 0; i < 20; i++)
            _azure.Then(i % 2 == 0 ? new HttpRequestException("cut", new IOException("cut")) : new AggregateException(new TaskCanceledException("slow")));

        _azure.Then(200, """{"status":"Dequeued"}""");
        Assert.Equal((false, "Dequeued"), Words(await poll.LookAsync(CancellationToken.None)));
        for (var i = 0; i < 500; i++)
            _azure.Then(503);

        Assert.Equal(ArmFaults.Unreachable, (await Assert.ThrowsAsync<RestoreException>(() => poll.LookAsync(CancellationToken.None))).Id);
    }

    [Fact]
    public async Task A_location_alone_is_running_while_it_is_202_and_then_leads_to_the_resource()
    {
        _azure.Then(202, "", ("Location", Result));
        var poll = await _azure.Client().PutAsync(FakeAzure.Account, [], CancellationToken.None);
        _azure.Then(202).Then(200, "{}").Then(200, Created);
        Assert.Equal((false, "InProgress"), Words(await poll.LookAsync(CancellationToken.None)));
        Assert.True((await poll.LookAsync(CancellationToken.None)).Done);
        _azure.Then(404).Then(200, Creating);
        Assert.Equal((false, "Creating"), Words(await poll.LookAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task The_outcome_of_an_action_is_its_answer()
    {
        const string info = """{"continuousBackupInformation":{"latestRestorableTimestamp":"1"}}""";
        const string action = FakeAzure.Account + "/sqlDatabases/d/containers/c/retrieveContinuousBackupInformation";
        _azure.Then(202, "", ("Azure-AsyncOperation", Record), ("Location", Result)).Then(200, """{"status":"Succeeded"}""").Then(202).Then(200, """{"status":"Succeeded"}""").Then(200, info);
        var poll = await _azure.Client(ServiceMode.ReadOnly).PostAsync(action, new JsonObject { ["location"] = "West US" }, CancellationToken.None);
        Assert.Equal(FakeAzure.Account + "/sqlDatabases/d/containers/c", poll.Operation.ResourceId);
        Assert.False((await poll.LookAsync(CancellationToken.None)).Done);
        Assert.Equal("1", (string?)(await poll.LookAsync(CancellationToken.None)).Value!["continuousBackupInformation"]!["latestRestorableTimestamp"]);

        _azure.Then(202, "", ("Location", Result)).Then(200, info);
        poll = await _azure.Client(ServiceMode.ReadOnly).PostAsync(action, [], CancellationToken.None);
        Assert.NotNull((await poll.LookAsync(CancellationToken.None)).Value);
    }

    [Fact]
    public async Task An_action_of_another_process_is_over_when_its_resource_is_at_rest()
    {
        _azure.Then(200, """{"properties":{"state":"Restarting"}}""").Then(200, """{"properties":{"state":"Ready"}}""");
        var poll = _azure.Client().Resume(Operation("POST") with { ResourceId = FakeAzure.Server });
        Assert.False((await poll.LookAsync(CancellationToken.None)).Done);
        Assert.Equal(new Observation<JsonObject?>(Done: true, "Succeeded", Value: null), await poll.LookAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_was_deleted_is_gone()
    {
        _azure.Then(202, "", ("Location", Result)).Then(404).Then(200, """{"properties":{"provisioningState":"Succeeded"}}""").Then(404).Then(404);
        var poll = await _azure.Client().DeleteAsync(FakeAzure.Account, CancellationToken.None);
        Assert.False((await poll.LookAsync(CancellationToken.None)).Done);
        Assert.True((await poll.LookAsync(CancellationToken.None)).Done);

        _azure.Then(204);
        Assert.True((await (await _azure.Client().DeleteAsync(FakeAzure.Account, CancellationToken.None)).LookAsync(CancellationToken.None)).Done);
        _azure.Then(404).Then(404);
        Assert.True((await (await _azure.Client().DeleteAsync(FakeAzure.Account, CancellationToken.None)).LookAsync(CancellationToken.None)).Done);
    }

    private static ArmOperation Operation(string method) => new()
    {
        Method = method,
        ResourceId = FakeAzure.Account,
        ApiVersion = "2025-10-15",
        StartedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private static (bool Done, string Status) Words(Observation<JsonObject?> seen) => (seen.Done, seen.Status);

    private async Task<ArmPoll> PutAsync()
    {
        _azure.Then(200, Creating, ("azure-asyncoperation", Record), ("location", Result));
        return await _azure.Client().PutAsync(FakeAzure.Account, [], CancellationToken.None);
    }
}
