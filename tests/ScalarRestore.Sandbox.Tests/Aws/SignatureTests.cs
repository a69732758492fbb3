using System.Net;
using System.Xml.Linq;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>Who is let in.</summary>
public sealed class SignatureTests(DynamoDbFixture fixture) : IClassFixture<DynamoDbFixture>
{
    [Fact]
    public async Task Refuses_a_wrong_secret()
    {
        using var client = fixture.NewClient(new BasicAWSCredentials(fixture.Sandbox.AwsAccessKeyId, "wrong"), retries: 0);
        Assert.Equal(
            "InvalidSignatureException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => client.ListTablesAsync())).ErrorCode);
    }

    [Fact]
    public async Task Refuses_an_unknown_key()
    {
        using var client = fixture.NewClient(new BasicAWSCredentials("AKIAUNKNOWN", "x"), retries: 0);
        Assert.Equal(
            "UnrecognizedClientException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => client.ListTablesAsync())).ErrorCode);
    }

    [Fact]
    public async Task Refuses_the_unsigned()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, fixture.Sandbox.AwsEndpoint) { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("MissingAuthenticationTokenException", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_out_sessions_that_work_in_the_account_of_their_role()
    {
        var table = await fixture.CreateAsync();
        using var own = fixture.NewClient(await AssumeAsync(fixture.Sandbox.AwsAccountId, 900));
        Assert.Contains(table, (await own.ListTablesAsync()).TableNames, StringComparer.Ordinal);
        using var foreign = fixture.NewClient(await AssumeAsync("210987654321", 900));
        Assert.Empty((await foreign.ListTablesAsync()).TableNames ?? []);
    }

    [Fact]
    public async Task Refuses_a_session_that_has_ended_and_one_without_its_token()
    {
        var ended = await AssumeAsync(fixture.Sandbox.AwsAccountId, -1);
        using var late = fixture.NewClient(ended, retries: 0);
        Assert.Equal("ExpiredTokenException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => late.ListTablesAsync())).ErrorCode);
        var keys = await (await AssumeAsync(fixture.Sandbox.AwsAccountId, 900)).GetCredentialsAsync();
        using var tokenless = fixture.NewClient(new BasicAWSCredentials(keys.AccessKey, keys.SecretKey), retries: 0);
        Assert.Equal(
            "UnrecognizedClientException",
            (await Assert.ThrowsAsync<AmazonDynamoDBException>(() => tokenless.ListTablesAsync())).ErrorCode);
    }

    private async Task<SessionAWSCredentials> AssumeAsync(string account, int seconds)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Action"] = "AssumeRoleWithWebIdentity",
            ["Version"] = "2011-06-15",
            ["RoleArn"] = $"arn:aws:iam::{account}:role/restorer",
            ["RoleSessionName"] = "test",
            ["WebIdentityToken"] = "header.payload.signature",
            ["DurationSeconds"] = $"{seconds}",
        });
        using var response = await http.PostAsync(fixture.Sandbox.AwsEndpoint, form);
        var xml = XDocument.Parse(await response.Content.ReadAsStringAsync());
        string Of(string name) => xml.Descendants().Single(e => e.Name.LocalName == name).Value;
        return new SessionAWSCredentials(Of("AccessKeyId"), Of("SecretAccessKey"), Of("SessionToken"));
    }
}
