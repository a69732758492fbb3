using System.Buffers;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using ScalarRestore.Sandbox.Aws;
using ScalarRestore.Sandbox.Aws.Rds;
using ScalarRestore.Sandbox.Aws.Signing;
using ScalarRestore.Sandbox.Hosting;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>The fake RDS without a server around it, in a time that only passes when it is told to.</summary>
internal sealed class RdsHarness
{
    /// <summary>What every new instance needs.</summary>
    public const string Postgres =
        "DBInstanceClass=db.m6g.large&Engine=postgres&AllocatedStorage=20&MasterUsername=adm&MasterUserPassword=secret-123";

    /// <summary>What every new Aurora cluster needs.</summary>
    public const string Aurora = "Engine=aurora-postgresql&MasterUsername=adm&MasterUserPassword=secret-123";

    private readonly SandboxState _sandbox;
    private readonly RdsService _service;

    public RdsHarness(IDatabaseBackend? backend = null)
        : this(new SandboxState(new SandboxOptions { TimeScale = 1e-6 }), backend)
    {
    }

    /// <summary>In a time that passes as the sandbox's options say.</summary>
    public RdsHarness(SandboxState sandbox, IDatabaseBackend? backend)
    {
        _sandbox = sandbox;
        _service = new RdsService(_sandbox, backend);
        Region = _service.Region(CredentialStore.DefaultAccount, AwsCloud.DefaultRegion);
    }

    public RdsRegion Region { get; }

    public DateTimeOffset Now => _sandbox.Clock.Now;

    public void Set(string settings) => _sandbox.Settings.Patch($$"""{"rds":{{settings}}}""");

    public void Pass(double seconds) => _sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets ten minutes pass: everything that has begun is over.</summary>
    public void Settle() => Pass(600);

    /// <summary>Calls an operation with the fields of a form.</summary>
    /// <returns>Its result without namespaces; empty for one that answers nothing.</returns>
    public async Task<XElement> CallAsync(string operation, string form = "")
    {
        using var request = await RequestAsync(operation, form);
        var body = new ArrayBufferWriter<byte>();
        _service.Handle(request, new AwsCaller(CredentialStore.DefaultAccount, AwsCloud.DefaultRegion, "arn", "id"), body);
        var answer = XElement.Parse(Encoding.UTF8.GetString(body.WrittenSpan));
        Assert.Equal($"{{http://rds.amazonaws.com/doc/2014-10-31/}}{operation}Response", answer.Name.ToString());
        foreach (var element in answer.DescendantsAndSelf())
            element.Name = element.Name.LocalName;

        return answer.Element(operation + "Result") ?? new XElement("none");
    }

    public async Task<AwsException> RefusalAsync(string operation, string form) =>
        await Assert.ThrowsAsync<AwsException>(() => CallAsync(operation, form));

    public async Task<CallDescription> DescribeAsync(string operation, string form)
    {
        using var request = await RequestAsync(operation, form);
        return _service.Describe(request);
    }

    /// <summary>Makes an instance and waits until it rests.</summary>
    public async Task<XElement> InstanceAsync(string id, string more = "")
    {
        await CallAsync("CreateDBInstance", Merge($"DBInstanceIdentifier={id}&{Postgres}", more));
        Settle();
        return await InstanceOfAsync(id);
    }

    /// <summary>Makes an Aurora cluster and waits until it is available.</summary>
    public async Task<XElement> ClusterAsync(string id, string more = "")
    {
        await CallAsync("CreateDBCluster", Merge($"DBClusterIdentifier={id}&{Aurora}", more));
        Settle();
        return await ClusterOfAsync(id);
    }

    /// <summary>A form with other fields in it. It cannot hold a field twice, so the later one takes the place of the earlier.</summary>
    public static string Merge(string form, string fields)
    {
        var given = fields.Split('&').Select(f => f.Split('=')[0]).ToHashSet(StringComparer.Ordinal);
        return string.Join('&', form.Split('&').Where(f => !given.Contains(f.Split('=')[0])).Append(fields));
    }

    public Task MemberAsync(string cluster, string id, string more = "") => CallAsync(
        "CreateDBInstance", $"DBInstanceIdentifier={id}&DBClusterIdentifier={cluster}&Engine=aurora-postgresql&DBInstanceClass=db.r6g.large&{more}");

    public async Task<XElement> InstanceOfAsync(string id) =>
        (await CallAsync("DescribeDBInstances", "DBInstanceIdentifier=" + id)).Element("DBInstances")!.Element("DBInstance")!;

    public async Task<XElement> ClusterOfAsync(string id) =>
        (await CallAsync("DescribeDBClusters", "DBClusterIdentifier=" + id)).Element("DBClusters")!.Element("DBCluster")!;

    public async Task<string> StatusAsync(string id) => (await InstanceOfAsync(id)).Element("DBInstanceStatus")!.Value;

    public async Task<string> ClusterStatusAsync(string id) => (await ClusterOfAsync(id)).Element("Status")!.Value;

    /// <summary>The statuses of an instance at every tenth of a second, each told once as long as it lasts.</summary>
    public async Task<string> StatusesAsync(string id, double seconds)
    {
        var statuses = new List<string>();
        for (var i = 0; i < seconds * 10; i++)
        {
            if (await StatusAsync(id) is var status && statuses.LastOrDefault() != status)
                statuses.Add(status);

            Pass(0.1);
        }

        return string.Join(' ', statuses);
    }

    private static async Task<AwsRequest> RequestAsync(string operation, string form)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes($"Action={operation}&Version=2014-10-31&{form}"));
        return await AwsRequest.ReadAsync(context.Request);
    }
}
