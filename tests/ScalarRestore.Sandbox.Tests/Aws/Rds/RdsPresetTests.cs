using ScalarRestore.Sandbox.Hosting;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws.Rds;

/// <summary>Settings of RDS, and the preset with the times that AWS takes.</summary>
public sealed class RdsPresetTests
{
    [Fact]
    public void The_realistic_preset_has_times_for_rds()
    {
        var rds = SettingsStore.Load("realistic").Rds;
        for (var i = 0; i < 100; i++)
        {
            Assert.InRange(rds.RestoreInstanceSeconds.Draw(i, "restore-instance", "db"), TimeSpan.FromSeconds(480), TimeSpan.FromSeconds(10800));
            Assert.InRange(rds.RestoreClusterSeconds.Draw(i, "restore-cluster", "db"), TimeSpan.FromSeconds(300), TimeSpan.FromSeconds(14400));
        }
    }

    [Fact]
    public void Rates_and_failures_are_added_to_those_that_are_there()
    {
        var store = new SettingsStore(new ServiceSettings());
        store.Patch("""{"rds":{"failRestores":{"a":"failed"},"limits":{"callRates":{"X":1}}}}""");
        store.Patch("""{"rds":{"failRestores":{"b":"storage-full","a":null}}}""");
        Assert.Equal(["a", "b"], store.Current.Rds.FailRestores.Keys.Order(StringComparer.Ordinal));
        Assert.Null(store.Current.Rds.FailRestores["a"]);
        Assert.Equal(1, store.Current.Rds.Limits.CallRates["X"]);
        Assert.Equal(40, store.Current.Rds.Limits.Instances);
    }
}
