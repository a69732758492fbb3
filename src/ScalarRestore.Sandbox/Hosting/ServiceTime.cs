using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>
/// How long a service takes, in sandbox seconds: always the same, anything in a range, or a lognormal long tail. In JSON a number,
/// <c>{"min","max"}</c>, or <c>{"median","sigma","min","max","ofTable"}</c>.
/// </summary>
[JsonConverter(typeof(ServiceTimeConverter))]
internal sealed record ServiceTime
{
    public double? Min { get; init; }

    public double? Max { get; init; }

    public double? Median { get; init; }

    public double? Sigma { get; init; }

    /// <summary>Of a long tail: how much of the spread (0 to 1) belongs to the thing itself and is the same for every kind of operation on
    /// it. A restore takes as long as the table's partitions and indexes ask for, so that a slow table is slow each time.</summary>
    public double? OfTable { get; init; }

    public static implicit operator ServiceTime(double seconds) => new() { Min = seconds, Max = seconds };

    /// <summary>The time for one thing: the same seed, kind and name always give the same time, in whatever order things happen.</summary>
    public TimeSpan Draw(int seed, string kind, string name)
    {
        if (Median is not { } median)
        {
            var min = Min ?? Max ?? 0;
            var max = Max ?? min;
            return TimeSpan.FromSeconds(min >= max ? min : min + ((max - min) * Uniform(seed, kind, name, 0)));
        }

        var share = OfTable ?? 0;
        var normal = (Math.Sqrt(share) * Normal(seed, "table", name)) + (Math.Sqrt(1 - share) * Normal(seed, kind, name));
        var seconds = median * Math.Exp((Sigma ?? 0.3) * normal);
        return TimeSpan.FromSeconds(Math.Min(Math.Max(seconds, Min ?? 0), Max ?? double.MaxValue));
    }

    // Box-Muller: two even draws make a normal one.
    private static double Normal(int seed, string kind, string name) =>
        Math.Sqrt(-2 * Math.Log(1 - Uniform(seed, kind, name, 0))) * Math.Cos(2 * Math.PI * Uniform(seed, kind, name, 1));

    private static double Uniform(int seed, string kind, string name, int index)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed}/{kind}/{name}/{index}");
        return (BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) >> 11) / (double)(1UL << 53);
    }
}
