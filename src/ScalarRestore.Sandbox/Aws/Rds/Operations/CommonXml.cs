using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Parts that instances and clusters tell in the same form.</summary>
internal static class CommonXml
{
    public static XElement SecurityGroups(RdsDatabase database) => RdsXml.List("VpcSecurityGroups", database.SecurityGroups.Select(
        id => RdsXml.Element("VpcSecurityGroupMembership", RdsXml.Text("VpcSecurityGroupId", id), RdsXml.Text("Status", "active"))));

    public static XElement? Logs(RdsDatabase database) => database.LogExports.Count == 0
        ? null
        : RdsXml.List("EnabledCloudwatchLogsExports", "member", database.LogExports);

    public static IEnumerable<XElement?> Monitoring(RdsDatabase database) =>
    [
        RdsXml.Number("MonitoringInterval", database.MonitoringInterval),
        RdsXml.Text("MonitoringRoleArn", database.MonitoringRoleArn),
        RdsXml.Text("DatabaseInsightsMode", database.InsightsMode),
        RdsXml.Flag("PerformanceInsightsEnabled", database.Insights is not null),
        RdsXml.Text("PerformanceInsightsKMSKeyId", database.Insights?.KeyId),
        RdsXml.Number("PerformanceInsightsRetentionPeriod", database.Insights?.RetentionDays),
    ];

    public static XElement Role(string name, AssociatedRole role) => RdsXml.Element(
        name, RdsXml.Text("RoleArn", role.Arn), RdsXml.Text("FeatureName", role.Feature), RdsXml.Text("Status", role.Status));

    public static XElement? Secret(RdsDatabase database) => database.Secret is { } secret
        ? RdsXml.Element(
            "MasterUserSecret",
            RdsXml.Text("SecretArn", secret.Arn),
            RdsXml.Text("SecretStatus", secret.Status),
            RdsXml.Text("KmsKeyId", secret.KeyId))
        : null;

    public static XElement Domain(RdsDatabase database) => RdsXml.List("DomainMemberships", database.Domain is { } domain
        ? [RdsXml.Element(
            "DomainMembership",
            RdsXml.Text("Domain", domain.Domain),
            RdsXml.Text("Status", "joined"),
            RdsXml.Text("FQDN", domain.Fqdn),
            RdsXml.Text("IAMRoleName", domain.RoleName),
            RdsXml.Text("OU", domain.Ou),
            RdsXml.Text("AuthSecretArn", domain.AuthSecretArn),
            domain.DnsIps.Count > 0 ? RdsXml.List("DnsIps", "member", domain.DnsIps) : null)]
        : []);
}
