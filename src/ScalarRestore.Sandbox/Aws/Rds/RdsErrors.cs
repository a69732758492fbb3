namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>Errors of RDS. Their codes end in Fault only for some, and so they are kept in one place.</summary>
internal static class RdsErrors
{
    public static AwsException Value(string message) => new("InvalidParameterValue", message);

    public static AwsException Combination(string message) => new("InvalidParameterCombination", message);

    public static AwsException InstanceNotFound(string id) => new("DBInstanceNotFound", $"DBInstance {id} not found.", 404);

    public static AwsException InstanceExists() => new("DBInstanceAlreadyExists", "DB instance already exists");

    public static AwsException ClusterNotFound(string id) => new("DBClusterNotFoundFault", $"DBCluster {id} not found.", 404);

    public static AwsException ClusterExists() => new("DBClusterAlreadyExistsFault", "DB Cluster already exists");

    public static AwsException InstanceState(string message) => new("InvalidDBInstanceState", message);

    public static AwsException ClusterState(string message) => new("InvalidDBClusterStateFault", message);

    public static AwsException Restore(string message) => new("InvalidRestoreFault", message);

    public static AwsException KeyNotAccessible(string key) => new(
        "KMSKeyNotAccessibleFault",
        $"The specified KMS key [{key}] does not exist, is not enabled or you do not have permissions to access it.");

    public static AwsException Network(string message) => new("InvalidVPCNetworkStateFault", message);
}
