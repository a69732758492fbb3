using System.Xml.Linq;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Roles of instances and clusters. These calls answer nothing.</summary>
internal static class RoleOperations
{
    public static IEnumerable<XElement?>? AddToInstance(RdsCall call)
    {
        var instance = call.Region.GetInstance(call.Form.Required("DBInstanceIdentifier"));
        InstanceOperations.RefuseUnlessAvailable(instance);
        call.Form.Required("FeatureName");
        Add(call, instance, "DBInstanceRole", call.Region.Limits.InstanceRoles);
        return null;
    }

    public static IEnumerable<XElement?>? RemoveFromInstance(RdsCall call)
    {
        var instance = call.Region.GetInstance(call.Form.Required("DBInstanceIdentifier"));
        InstanceOperations.RefuseUnlessAvailable(instance);
        Remove(call, instance, "DBInstanceRole");
        return null;
    }

    public static IEnumerable<XElement?>? AddToCluster(RdsCall call)
    {
        var cluster = call.Region.GetCluster(call.Form.Required("DBClusterIdentifier"));
        ClusterOperations.RefuseUnlessAvailable(cluster);
        Add(call, cluster, "DBClusterRole", call.Region.Limits.ClusterRoles);
        return null;
    }

    public static IEnumerable<XElement?>? RemoveFromCluster(RdsCall call)
    {
        var cluster = call.Region.GetCluster(call.Form.Required("DBClusterIdentifier"));
        ClusterOperations.RefuseUnlessAvailable(cluster);
        Remove(call, cluster, "DBClusterRole");
        return null;
    }

    private static void Add(RdsCall call, RdsDatabase database, string code, int quota)
    {
        var (region, form, now) = call;
        var arn = form.Required("RoleArn");
        var feature = form.Text("FeatureName");
        if (!arn.StartsWith("arn:", StringComparison.Ordinal) || !arn.Contains(":role/", StringComparison.Ordinal))
            throw RdsErrors.Value($"The role ARN {arn} is not valid.");

        // A role is there once, and a feature has one role.
        if (database.Roles.Exists(r => (r.Arn == arn && r.Feature == feature) || (feature is not null && r.Feature == feature)))
            throw new AwsException(
                code + "AlreadyExists", $"The role {arn} or the feature {feature} is already associated with {database.Id}.");

        if (database.Roles.Count >= quota)
            throw new AwsException(code + "QuotaExceeded", $"{database.Id} has as many roles as it can have.");

        var role = new AssociatedRole(arn, feature);
        database.Roles.Add(role);
        region.Timeline.At(now + region.Draw(region.Settings.RoleSeconds, "role", arn), () => role.Status = "ACTIVE");
    }

    private static void Remove(RdsCall call, RdsDatabase database, string code)
    {
        var (region, form, now) = call;
        var arn = form.Required("RoleArn");
        var feature = form.Text("FeatureName");
        var role = database.Roles.Find(r => r.Arn == arn && (feature is null || r.Feature == feature))
            ?? throw new AwsException(code + "NotFound", $"The role {arn} is not associated with {database.Id}.", 404);
        role.Status = "PENDING";
        region.Timeline.At(now + region.Draw(region.Settings.RoleSeconds, "role", arn), () => database.Roles.Remove(role));
    }
}
