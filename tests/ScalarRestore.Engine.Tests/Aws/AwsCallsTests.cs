using System.Net;
using Amazon.Runtime;
using ScalarRestore.Engine.Clients.Aws;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Tests.Aws;

public sealed class AwsCallsTests
{
    private static readonly AwsCall Read = new("dynamodb", "DescribeTable", "t");
    private static readonly AwsCall Once = new("dynamodb", "CreateBackup", "t") { Once = true };

    private readonly FastClock _clock = new();
    private readonly AwsCallCounter _counter = new();

    [Theory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("ProvisionedThroughputExceededException", 400)]
    [InlineData("InternalServerError", 500)]
    [InlineData("ServiceUnavailable", 503)]
    public async Task What_passes_by_itself_is_tried_again(string code, int status)
    {
        var answer = await RunAsync(Read, n => n < 4 ? throw Service(code, status) : n);
        Assert.Equal(4, answer);
        Assert.Equal(4, _counter.Total);
        Assert.Equal(4, _counter.Snapshot()["dynamodb:DescribeTable"]);
    }

    [Theory]
    [InlineData("ResourceNotFoundException", "TableNotFound")]
    [InlineData("TableNotFoundException", "TableNotFound")]
    [InlineData("BackupNotFoundException", "BackupNotFound")]
    [InlineData("AccessDeniedException", "AwsAccessDenied")]
    [InlineData("ExpiredTokenException", "AwsCredentialsRejected")]
    [InlineData("UnrecognizedClientException", "AwsCredentialsRejected")]
    [InlineData("LimitExceededException", "AwsLimitExceeded")]
    [InlineData("ValidationException", "AwsCallFailed")]
    public async Task What_does_not_pass_is_a_fault_at_once(string code, string id)
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync<int>(Read, _ => throw Service(code, 400)));
        Assert.Equal((id, code, false), (fault.Id, fault.ServiceCode, fault.Retryable));
        Assert.Equal(1, _counter.Total);
        Assert.Contains("t", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_of_a_read_is_asked_for_again() =>
        Assert.Equal(2, await RunAsync(Read, n => n < 2 ? throw new HttpRequestException("cut") : n));

    [Fact]
    public async Task A_lost_answer_of_what_must_not_be_done_twice_is_handed_up()
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync<int>(Once, _ => throw new HttpRequestException("cut")));
        Assert.Equal((AwsFaults.Unreachable, true), (fault.Id, fault.Retryable));
        Assert.Equal(1, _counter.Total);
    }

    [Fact]
    public async Task A_throttled_call_was_not_done_and_may_be_sent_again() =>
        Assert.Equal(2, await RunAsync(Once, n => n < 2 ? throw Service("ThrottlingException", 400) : n));

    [Fact]
    public async Task Patience_ends()
    {
        var began = _clock.GetUtcNow();
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync<int>(Read, _ => throw Service("ThrottlingException", 400), ServiceMode.ReadWrite));
        Assert.Equal("AwsThrottled", fault.Id);
        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task A_denial_names_the_action_that_is_missing()
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync<int>(
            Read, _ => throw Service("AccessDeniedException", 400, "User: arn:aws:iam::1:user/u is not authorized to perform: dynamodb:BatchWriteItem on resource: x")));
        Assert.Contains("dynamodb:BatchWriteItem", fault.Message, StringComparison.Ordinal);
        Assert.Contains("dynamodb:BatchWriteItem", fault.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidSignatureException", 403)]
    [InlineData("ExpiredTokenException", 400)]
    [InlineData("AccessDeniedException", 403)]
    [InlineData("SomethingNew", 400)]
    [InlineData("InternalServerError", 500)]
    [InlineData("", 403)]
    public async Task A_signature_error_never_hands_on_what_the_service_quotes(string code, int status)
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync<int>(
            Read, _ => throw Service(code, status, "The Canonical String should have been x-amz-security-token:CANARY")));
        Assert.Equal("AwsCredentialsRejected", fault.Id);
        Assert.Null(fault.InnerException);
        Assert.DoesNotContain("CANARY", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_could_not_be_taken_on_never_hands_on_what_the_service_quotes()
    {
        var cause = Service("SignatureDoesNotMatch", 403, "The request should have been signed with CANARY");
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync<int>(Read, _ => throw new AmazonClientException("Error calling AssumeRole", cause)));
        Assert.Equal("AwsCredentialsMissing", fault.Id);
        Assert.DoesNotContain("CANARY", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_sso_login_is_said_as_such()
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => RunAsync<int>(Read, _ => throw new AmazonClientException("Profile x is an SSO profile, not allowed here")));
        Assert.Equal("AwsCredentialsMissing", fault.Id);
        Assert.Contains("aws sso login", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_faults_and_stops_pass_untouched()
    {
        var own = new RestoreException("ReadOnlyMode", FaultCategory.InvalidOperation, "no");
        Assert.Same(own, await Assert.ThrowsAsync<RestoreException>(() => RunAsync<int>(Read, _ => throw own)));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Calls(ServiceMode.ReadOnly).SendAsync<int>(Read, t => throw new OperationCanceledException(t), stop.Token));
    }

    [Theory]
    [InlineData("DescribeTable", true)]
    [InlineData("ListBackups", true)]
    [InlineData("GetResourcePolicy", true)]
    [InlineData("BatchGetItem", true)]
    [InlineData("Scan", true)]
    [InlineData("Query", true)]
    [InlineData("DeleteTable", false)]
    [InlineData("UpdateTable", false)]
    [InlineData("RegisterScalableTarget", false)]
    [InlineData("TagResource", false)]
    [InlineData("ExecuteStatement", false)]
    [InlineData("ScanAndDelete", false)]
    [InlineData("", false)]
    public void Only_reads_are_reads(string operation, bool isRead) => Assert.Equal(isRead, ReadOnlyGuard.IsRead(operation));

    [Fact]
    public async Task A_rate_is_kept()
    {
        var budget = new RateBudget(_clock, 5);
        var began = _clock.GetUtcNow();
        for (var i = 0; i < 51; i++)
            await budget.TakeAsync(CancellationToken.None);

        Assert.InRange(_clock.GetUtcNow() - began, TimeSpan.FromSeconds(9.7), TimeSpan.FromSeconds(10.1));
    }

    private static AmazonServiceException Service(string code, int status, string message = "said the service") =>
        new(message, null, ErrorType.Unknown, code, "request-id", (HttpStatusCode)status);

    private AwsCalls Calls(ServiceMode mode) => new(_clock, new AwsRates(_clock), _counter, observer: null, new Random(1), mode);

    private async Task<T> RunAsync<T>(AwsCall call, Func<int, T> answer, ServiceMode mode = ServiceMode.ReadOnly)
    {
        var n = 0;
        return await Calls(mode).SendAsync(call, _ => Task.FromResult(answer(++n)), CancellationToken.None);
    }
}
