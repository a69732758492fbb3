using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Aws;
using ScalarRestore.Sandbox.Aws.Signing;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>The one line that the sandbox prints when it is ready: everything a client needs, and the environment that clients read it
/// from.</summary>
internal static class ReadyLine
{
    public static string Make(SandboxState sandbox, Credential credential, Uri kubernetes, Uri aws, JsonObject azure, Uri control, string? postgres)
    {
        var folder = sandbox.Options.Folder;
        var originMs = sandbox.Clock.Origin.ToUnixTimeMilliseconds();
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        var line = new JsonObject
        {
            ["ready"] = true,
            ["pid"] = Environment.ProcessId,
            ["folder"] = folder,
            ["kubernetes"] = new JsonObject
            {
                ["url"] = Text(kubernetes),
                ["kubeconfig"] = kubeconfig,
                ["kubeconfigReadOnly"] = Path.Combine(folder, "kubeconfig-readonly"),
                ["caFile"] = Path.Combine(folder, "ca.crt"),
            },
            ["aws"] = new JsonObject
            {
                ["endpoint"] = Text(aws),
                ["region"] = AwsCloud.DefaultRegion,
                ["accountId"] = credential.Account,
                ["accessKeyId"] = credential.AccessKeyId,
                ["secretAccessKey"] = credential.SecretAccessKey,
            },
            ["azure"] = azure,
            ["control"] = new JsonObject { ["url"] = Text(control) },
            ["postgres"] = postgres,
            ["clock"] = new JsonObject { ["originUnixMs"] = originMs, ["scale"] = sandbox.Clock.Scale, ["originTimestamp"] = sandbox.Clock.OriginTimestamp },
            ["environment"] = new JsonObject
            {
                ["KUBECONFIG"] = kubeconfig,
                ["AWS_ENDPOINT_URL"] = Text(aws),
                ["AWS_REGION"] = AwsCloud.DefaultRegion,
                ["AWS_DEFAULT_REGION"] = AwsCloud.DefaultRegion,
                ["AWS_ACCESS_KEY_ID"] = credential.AccessKeyId,
                ["AWS_SECRET_ACCESS_KEY"] = credential.SecretAccessKey,
                ["AWS_EC2_METADATA_DISABLED"] = "true",
                ["SCALARRESTORE_SANDBOX_CLOCK"] = string.Create(CultureInfo.InvariantCulture, $"{originMs}:{sandbox.Clock.Scale}:{sandbox.Clock.OriginTimestamp}"),
                ["SCALARRESTORE_SANDBOX_CONTROL"] = Text(control),
            },
        };
        return line.ToJsonString(SandboxJson.Options);
    }

    private static string Text(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
