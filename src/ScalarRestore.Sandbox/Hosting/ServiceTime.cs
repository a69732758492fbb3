using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>
/// How long a service takes, in sandbox seconds: always the same, anything in a range, or a lognormal long tail. In JSON a number,
/// <c>{"min","max"}</c>, or <c>{"median","sigma","min","max"}</c>.
/// </summary>
[JsonConverter(typeof(ServiceTimeConverter))]
internal sealed record ServiceTime
{
    public double? Min { get; init; }

    public double? Max { get; init; }

    public double? Median { get; init; }

    public double? Sigma { get; init; }

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

        // Box-Muller: two even draws make a normal one.
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(seed, kind, name, 0)));
        var normal = radius * Math.Cos(2 * Math.PI * Uniform(seed, kind, name, 1));
        var seconds = median * Math.Exp((Sigma ?? 0.3) * normal);
        return TimeSpan.FromSeconds(Math.Min(Math.Max(seconds, Min ?? 0), Max ?? double.MaxValue));
    }

    private static double Uniform(int seed, string kind, string name, int index)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed}/{kind}/{name}/{index}");
        return (BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) >> 11) / (double)(1UL << 53);
    }
}
