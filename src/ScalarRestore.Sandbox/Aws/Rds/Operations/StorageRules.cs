using System.Globalization;
using ScalarRestore.Sandbox.Aws.Rds.Model;

namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>Which storage an instance can have.</summary>
internal static class StorageRules
{
    /// <summary>The storage that comes of the parameters, or why it cannot be. What is not given takes the default of the type.</summary>
    public static StorageShape Check(RdsEngine engine, int allocated, string? type, int? iops, int? throughput)
    {
        type ??= iops is null ? "gp3" : "io1";
        switch (type)
        {
            case "gp3":
                return Gp3(engine, allocated, iops, throughput);
            case "io1" or "io2" when iops is null:
                throw RdsErrors.Combination($"You must specify the Iops parameter for storage type {type}.");
            case "io1" or "io2" when throughput is not null:
                throw RdsErrors.Combination($"You can't specify storage throughput for storage type {type}.");
            case "gp2" or "standard" when iops is not null || throughput is not null:
                throw RdsErrors.Combination($"You can't specify IOPS or storage throughput for storage type {type}.");
            case "io1" or "io2" when allocated < 100 && !engine.IsSqlServer:
                throw RdsErrors.Value(string.Create(
                    CultureInfo.InvariantCulture, $"Invalid storage size for engine name {engine.Name} and storage type {type}: {allocated}"));
            case "io1" or "io2" or "gp2" or "standard":
                return new StorageShape(allocated, type, iops, Throughput: null);
            default:
                throw new AwsException("StorageTypeNotSupported", $"Invalid storage type: {type}");
        }
    }

    /// <summary>Storage only grows, and by a tenth at least.</summary>
    public static void RefuseGrowth(int present, int wanted)
    {
        if (wanted < present)
            throw RdsErrors.Combination(string.Create(
                CultureInfo.InvariantCulture, $"Requested allocated storage {wanted} is smaller than the present {present}: storage cannot shrink."));

        if (wanted > present && wanted * 10L < present * 11L)
            throw RdsErrors.Combination("The allocated storage must be increased by at least 10 percent.");
    }

    private static StorageShape Gp3(RdsEngine engine, int allocated, int? iops, int? throughput)
    {
        if (engine.Gp3Threshold is { } threshold)
        {
            if (allocated >= threshold)
                return new StorageShape(allocated, "gp3", iops ?? 12_000, throughput ?? 500);

            if (iops is not null || throughput is not null)
                throw RdsErrors.Combination(string.Create(
                    CultureInfo.InvariantCulture,
                    $"You can't specify IOPS or storage throughput for engine {engine.Name} and a storage size less than {threshold}."));
        }

        // Shown although it must not be sent back.
        return new StorageShape(allocated, "gp3", iops ?? 3000, throughput ?? 125);
    }
}
