using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Storage of an instance that can be had.</summary>
internal sealed record StorageShape(int Allocated, string Type, int? Iops, int? Throughput)
{
    public void Set(RdsDatabase database)
    {
        database.AllocatedStorage = Allocated;
        database.StorageType = Type;
        database.Iops = Iops;
        database.StorageThroughput = Throughput;
    }
}
