using System.Net.Sockets;
using System.Text.Json.Nodes;
using Azure;
using ScalarRestore.Engine.Clients.Arm;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Arm;

public sealed class ArmCallsTests
{
    private static readonly HttpRequestException Cut = new("reset", new IOException("reset"));
    private readonly FakeAzure _azure = new();

    public static TheoryData<string> Changes => ["PUT", "PATCH", "POST", "DELETE"];

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_tried_again_when_it_may_pass(int status)
    {
        _azure.Then(status).Then(status).Then(200, """{"id":"x"}""");
        Assert.Equal("x", (string?)(await _azure.Client().GetAsync(FakeAzure.Account, CancellationToken.None))["id"]);
        Assert.Equal(3, _azure.Counter.Total);
        Assert.Equal(3, _azure.Counter.Snapshot()["Microsoft.DocumentDB/databaseAccounts/read"]);
    }

    [Fact]
    public async Task A_lost_answer_of_a_read_is_asked_for_again()
    {
        _azure.Then(Cut).Then(new AggregateException(new TaskCanceledException("slow"), new TaskCanceledException("slow"))).Then(new TaskCanceledException("slow")).Then(200, "{}");
        await _azure.Client().GetAsync(FakeAzure.Account, CancellationToken.None);
        Assert.Equal(4, _azure.Sent.Count);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_whose_answer_was_lost_is_never_sent_twice(string method)
    {
        foreach (var lost in new Exception[] { Cut, new AggregateException(new TaskCanceledException("slow")), new TaskCanceledException("slow"), new RequestFailedException("reset") })
        {
            var azure = new FakeAzure().Then(lost);
            var fault = await Assert.ThrowsAsync<RestoreException>(() => SendAsync(azure.Client(), method));
            Assert.Equal((ArmFaults.Unreachable, true, 1), (fault.Id, fault.Retryable, azure.Sent.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_that_may_have_been_done_in_spite_of_an_error_is_never_sent_twice(string method)
    {
        foreach (var status in new[] { 408, 500, 502, 503, 504 })
        {
            var azure = new FakeAzure().Then(status);
            var fault = await Assert.ThrowsAsync<RestoreException>(() => SendAsync(azure.Client(), method));
            Assert.Equal((ArmFaults.Unreachable, 1), (fault.Id, azure.Sent.Count));
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_that_was_turned_away_is_sent_again_when_the_service_says(string method)
    {
        _azure.Then(429, "", ("Retry-After", "77")).Then(503, "", ("Retry-After", "33")).Then(429, "", ("x-ms-retry-after-ms", "55000")).Then(200, "{}");
        await SendAsync(_azure.Client(), method);
        Assert.Equal(4, _azure.Sent.Count);
        Assert.InRange((_azure.Times[1] - _azure.Times[0]).TotalSeconds, 77, 78);
        Assert.InRange((_azure.Times[2] - _azure.Times[1]).TotalSeconds, 33, 34);
        Assert.InRange((_azure.Times[3] - _azure.Times[2]).TotalSeconds, 55, 56);
    }

    [Fact]
    public async Task A_date_to_come_back_at_is_heeded_and_nobody_waits_for_ever()
    {
        var at = _azure.Clock.GetUtcNow().AddSeconds(90);
        _azure.Then(429, "", ("Retry-After", at.ToString("R", System.Globalization.CultureInfo.InvariantCulture))).Then(429, "", ("Retry-After", "86400")).Then(200, "{}");
        await _azure.Client().GetAsync(FakeAzure.Account, CancellationToken.None);
        Assert.InRange((_azure.Times[1] - _azure.Times[0]).TotalSeconds, 88, 91);
        Assert.InRange((_azure.Times[2] - _azure.Times[1]).TotalSeconds, 300, 301);
    }

    [Fact]
    public async Task Who_is_throttled_holds_back_his_other_calls_too()
    {
        var client = _azure.Client();
        _azure.Then(429, "", ("Retry-After", "100")).Then(200, "{}").Then(200, "{}");
        var first = client.GetAsync(FakeAzure.Account, CancellationToken.None);
        await Task.WhenAll(first, client.GetAsync(FakeAzure.Server, CancellationToken.None));
        Assert.All(_azure.Times[1..], time => Assert.True(time - _azure.Times[0] > TimeSpan.FromSeconds(99)));
    }

    [Fact]
    public async Task A_change_that_found_nobody_to_send_it_to_may_be_sent_again()
    {
        _azure
            .Then(new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)))
            .Then(new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"))
            .Then(200, "{}");
        await SendAsync(_azure.Client(), "PUT");
        Assert.Equal(3, _azure.Sent.Count);
    }

    [Theory]
    [InlineData(412, "PreconditionFailed", "There is already another user operation in progress which requires an exclusive lock on account acc.")]
    [InlineData(409, "AnotherOperationInProgress", "wait")]
    [InlineData(409, "ServerIsBusy", "wait")]
    public async Task A_change_waits_for_the_lock_of_another(int status, string code, string message)
    {
        _azure.Then(status, Error(code, message)).Then(status, Error(code, message)).Then(200, "{}");
        await _azure.Client().PatchAsync(FakeAzure.Account, [], CancellationToken.None);
        Assert.Equal(3, _azure.Sent.Count);
    }

    [Fact]
    public async Task What_makes_a_resource_does_not_wait_for_a_lock_that_may_be_its_own()
    {
        var locked = Error("PreconditionFailed", "another user operation in progress which requires an exclusive lock");
        _azure.Then(412, locked).Then(412, locked).Then(200, "{}");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => _azure.Client().PutAsync(FakeAzure.Account, [], CancellationToken.None));
        Assert.Equal((ArmFaults.Busy, FaultCategory.ResourceBusy, 1), (fault.Id, fault.Category, _azure.Sent.Count));
        await _azure.Client().PutAsync(FakeAzure.Account + "/sqlDatabases/d", [], CancellationToken.None);
        Assert.Equal(3, _azure.Sent.Count);
    }

    [Fact]
    public async Task Patience_ends_sooner_for_a_plan_than_for_a_run()
    {
        foreach (var (mode, least, most) in new[] { (ServiceMode.ReadWrite, 10.0, 11.0), (ServiceMode.ReadOnly, 0.5, 1.0) })
        {
            var azure = new FakeAzure();
            for (var i = 0; i < 500; i++)
                azure.Then(500);

            var fault = await Assert.ThrowsAsync<RestoreException>(() => azure.Client(mode).GetAsync(FakeAzure.Account, CancellationToken.None));
            Assert.Equal(ArmFaults.Unreachable, fault.Id);
            Assert.InRange((azure.Times[^1] - azure.Times[0]).TotalMinutes, least, most);
        }
    }

    [Fact]
    public async Task A_stop_is_a_stop()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _azure.Client().GetAsync(FakeAzure.Account, stop.Token));
        Assert.Empty(_azure.Sent);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Nothing_but_reads_passes_in_read_only_mode(string method)
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => SendAsync(_azure.Client(ServiceMode.ReadOnly), method));
        Assert.Equal(("ReadOnlyMode", FaultCategory.InvalidOperation), (fault.Id, fault.Category));
        Assert.Empty(_azure.Sent);
    }

    [Fact]
    public async Task Keys_are_asked_for_again_since_asking_changes_nothing()
    {
        _azure.Then(new HttpRequestException("the answer was lost", new IOException("reset"))).Then(500).Then(200, """{"primaryMasterKey":"k"}""");
        var asked = await _azure.Client().PostAsync(FakeAzure.Account + "/listKeys", body: null, CancellationToken.None);
        Assert.Equal("k", (string?)asked.Answer!["primaryMasterKey"]);
        Assert.Equal(3, _azure.Sent.Count);
    }

    [Theory]
    [InlineData("/sqlDatabases/d/containers/c/retrieveContinuousBackupInformation", true)]
    [InlineData("/listKeys", false)]
    [InlineData("/restart", false)]
    public async Task Some_actions_only_read(string action, bool isRead)
    {
        _azure.Then(200, "{}");
        var sent = _azure.Client(ServiceMode.ReadOnly).PostAsync(FakeAzure.Account + action, [], CancellationToken.None);
        if (isRead)
            await sent;
        else
            Assert.Equal("ReadOnlyMode", (await Assert.ThrowsAsync<RestoreException>(() => sent)).Id);
    }

    [Fact]
    public async Task The_observer_sees_every_try_and_every_answer()
    {
        var observer = new Recorder();
        _azure.Then(500).Then(200, "{}");
        await _azure.Client(settings: new ArmClientSettings { Observer = observer }).GetAsync(FakeAzure.Server + "/firewallRules", CancellationToken.None);
        const string action = "Microsoft.DBforMySQL/flexibleServers/firewallRules/read";
        Assert.Equal(["sending " + action, "sending " + action, "answered " + action], observer.Seen);
    }

    private static string Error(string code, string message) => new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }.ToJsonString();

    private static Task SendAsync(ArmClient client, string method) => method switch
    {
        "PUT" => client.PutAsync(FakeAzure.Account, [], CancellationToken.None),
        "PATCH" => client.PatchAsync(FakeAzure.Account, [], CancellationToken.None),
        "POST" => client.PostAsync(FakeAzure.Account + "/restart", body: null, CancellationToken.None),
        _ => client.DeleteAsync(FakeAzure.Account, CancellationToken.None),
    };

    private sealed class Recorder : IArmCallObserver
    {
        public List<string> Seen { get; } = [];

        public void Sending(ArmCall call) => Seen.Add("sending " + call.Action);

        public void Answered(ArmCall call) => Seen.Add("answered " + call.Action);
    }
}
