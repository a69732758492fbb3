using System.Xml.Linq;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>EnableHttpEndpoint and DisableHttpEndpoint: the Data API of Aurora clusters that are provisioned or Serverless v2.</summary>
internal static class HttpEndpointOperations
{
    public static IEnumerable<XElement?> Enable(RdsCall call) => Switch(call, isOn: true);

    public static IEnumerable<XElement?> Disable(RdsCall call) => Switch(call, isOn: false);

    private static IEnumerable<XElement?> Switch(RdsCall call, bool isOn)
    {
        var arn = call.Form.Required("ResourceArn");
        var cluster = call.Region.GetCluster(arn);
        if (!cluster.IsAurora)
            throw RdsErrors.Combination("The HTTP endpoint is only supported for Aurora.");

        ClusterOperations.RefuseUnlessAvailable(cluster);
        cluster.HttpEndpoint = isOn;
        return [new XElement("ResourceArn", arn), new XElement("HttpEndpointEnabled", isOn)];
    }
}
