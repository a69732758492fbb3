using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Groups as answers tell them.</summary>
internal static class GroupXml
{
    public static XElement Subnets(SubnetGroup group) => RdsXml.Element(
        "DBSubnetGroup",
        RdsXml.Text("DBSubnetGroupName", group.Name),
        RdsXml.Text("DBSubnetGroupDescription", group.Description),
        RdsXml.Text("VpcId", group.VpcId),
        RdsXml.Text("SubnetGroupStatus", "Complete"),
        RdsXml.List("Subnets", group.Subnets.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => RdsXml.Element(
            "Subnet",
            RdsXml.Text("SubnetIdentifier", s.Key),
            RdsXml.Element("SubnetAvailabilityZone", RdsXml.Text("Name", s.Value)),
            RdsXml.Element("SubnetOutpost"),
            RdsXml.Text("SubnetStatus", "Active")))),
        RdsXml.Text("DBSubnetGroupArn", group.Arn),
        RdsXml.List("SupportedNetworkTypes", "member", ["IPV4"]));

    public static XElement Parameters(ParameterGroup group) => Parameters(group, "DBParameterGroup");

    public static XElement ClusterParameters(ParameterGroup group) => Parameters(group, "DBClusterParameterGroup");

    public static XElement Options(OptionGroup group) => RdsXml.Element(
        "OptionGroup",
        RdsXml.Text("OptionGroupName", group.Name),
        RdsXml.Text("OptionGroupDescription", group.Description),
        RdsXml.Text("EngineName", group.Engine),
        RdsXml.Text("MajorEngineVersion", group.Major),
        RdsXml.List("Options", []),
        RdsXml.Flag("AllowsVpcAndNonVpcInstanceMemberships", true),
        RdsXml.Text("OptionGroupArn", group.Arn));

    private static XElement Parameters(ParameterGroup group, string name) => RdsXml.Element(
        name,
        RdsXml.Text(name + "Name", group.Name),
        RdsXml.Text("DBParameterGroupFamily", group.Family),
        RdsXml.Text("Description", group.Description),
        RdsXml.Text(name + "Arn", group.Arn));
}
