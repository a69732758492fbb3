using ScalarRestore.Engine.Databases.Rds;
using Xunit;

namespace ScalarRestore.Engine.Tests.Rds;

/// <summary>Identifiers of what a run makes.</summary>
public sealed class RdsNamesTests
{
    private const string Run = "20260101-000000-ab12";

    [Theory]
    [InlineData("orders", "orders-20260101-000000-ab12")]
    [InlineData("Orders-DB", "orders-db-20260101-000000-ab12")]
    [InlineData("orders-20251231-235959-ffff", "orders-20260101-000000-ab12")]
    [InlineData("orders-20251231-235959-ffff-2", "orders-20260101-000000-ab12")]
    public void A_restored_database_bears_the_run_behind_the_name(string source, string expected) => Assert.Equal(expected, RdsNames.Restored(Run, source));

    [Fact]
    public void A_second_plan_of_a_run_gets_names_of_its_own() => Assert.Equal("orders-20260101-000000-ab12-2", RdsNames.Restored(Run + ".2", "orders"));

    [Fact]
    public void Long_names_stay_legal_and_different()
    {
        var random = new Random(7);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 2000; i++)
        {
            var source = "a" + string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(6) == 0 ? "-x" : ((char)('a' + random.Next(26))).ToString()));
            source = source[..Math.Min(source.Length, 63)].TrimEnd('-');
            Assert.True(RdsNames.IsLegal(source), source);
            foreach (var name in (string[])[RdsNames.Restored(Run, source), RdsNames.Aside(Run, source)])
            {
                Assert.True(RdsNames.IsLegal(name), name);
                Assert.True(seen.TryAdd(name, source) || seen[name] == source, name);
            }
        }
    }

    [Theory]
    [InlineData("1orders")]
    [InlineData("orders-")]
    [InlineData("or--ders")]
    [InlineData("or_ders")]
    [InlineData("")]
    [InlineData("orders\n")]
    public void What_the_service_refuses_is_not_legal(string name) => Assert.False(RdsNames.IsLegal(name));
}
