namespace ScalarRestore.Engine.Tests.Planning;

/// <summary>Short ways to make steps.</summary>
internal static class Steps
{
    public static PlannedStep Make(string key, double seconds = 1, string? limit = null, params string[] after) => new()
    {
        Key = key,
        Kind = "test",
        Target = $"thing/{key}",
        Action = $"do {key}",
        DependsOn = after,
        Limit = limit,
        Estimate = TimeSpan.FromSeconds(seconds),
    };

    public static IReadOnlyDictionary<string, int> NoLimits { get; } = new Dictionary<string, int>();

    public static IReadOnlyDictionary<string, int> Limit(string name, int most) => new Dictionary<string, int> { [name] = most };
}
