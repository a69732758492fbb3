using System.Text.RegularExpressions;
using CsCheck;
using ScalarRestore.Engine.Databases;
using ScalarRestore.Engine.Databases.FlexibleServers;

namespace ScalarRestore.Engine.Tests.FlexibleServers;

/// <summary>Names and tags of what a run makes.</summary>
public sealed partial class FlexibleNamesTests
{
    private const string Run = "20260101-000000-ab12";

    [Theory]
    [InlineData("orders", "orders-20260101-000000-ab12")]
    [InlineData("orders-20251231-235959-ffff-2", "orders-20260101-000000-ab12")]
    public void A_restored_server_bears_the_run_behind_the_name(string source, string expected) => Assert.Equal(expected, FlexibleNames.Restored(Run, source));

    [Fact]
    public void Names_stay_legal_and_different() => Gen.Select(Gen.Char["abcxyz019"].Array[1, 32], Gen.Char["abcxyz019"].Array[1, 29], Gen.Char["ab-"])
        .Select(parts => $"{new string(parts.Item1)}{parts.Item3}{new string(parts.Item2)}")
        .Array[2].Sample(sources =>
        {
            var names = sources.Select(source => FlexibleNames.Restored(Run, source)).ToList();
            Assert.All(names, name => Assert.Matches(Legal(), name));
            Assert.Equal(sources[0] == sources[1], names[0] == names[1]);
        });

    [Fact]
    public void Tags_tell_of_the_run_and_keep_as_many_of_the_source_as_there_is_room_for() => Gen.Dictionary(Gen.String[Gen.Char["abcde"], 1, 4], Gen.String[Gen.Char["xyz"], 0, 3])[0, 60].Sample(tags =>
    {
        var input = Input("orders");
        var all = AzureRunTags.Of(tags, Run, input.RestoreTime, "orders");
        Assert.True(all.Count <= 50);
        Assert.True(AzureRunTags.AreIn(all, Run, input.RestoreTime, "orders"));
        Assert.False(AzureRunTags.AreIn(all, Run, input.RestoreTime, "others"));
        Assert.False(AzureRunTags.AreIn(all, Run, input.RestoreTime.AddSeconds(1), "orders"));
        Assert.False(AzureRunTags.AreIn(all, Run + "-2", input.RestoreTime, "orders"));
        Assert.Equal(tags.Count, AzureRunTags.Foreign(all).Count + AzureRunTags.Beyond(tags).Count);
        Assert.All(AzureRunTags.Foreign(all), tag => Assert.Equal(tags[tag.Key], tag.Value));
    });

    internal static FlexibleStepInput Input(string name) => new()
    {
        Source = new FlexibleIdentity
        {
            EngineWord = "mysql",
            Subscription = "s",
            ResourceGroup = "rg",
            Name = name,
            ResourceId = $"/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforMySQL/flexibleServers/{name}",
            Location = "japaneast",
        },
        Target = $"{name}-{Run}",
        Timeout = TimeSpan.FromHours(1),
        RunId = Run,
        RestoreTime = new DateTimeOffset(2026, 6, 27, 5, 9, 9, TimeSpan.Zero),
    };

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Legal();
}
