using ScalarRestore.Engine.Schema;
using ScalarRestore.Engine.Tests.Workloads;

namespace ScalarRestore.Engine.Tests.Schema;

public class LoaderVersionTests
{
    [Theory]
    [InlineData("scalardb-schema-loader-3.7.7.jar", "3.7.0")]
    [InlineData("scalardb-schema-loader-3.7.0.jar", "3.7.9")]
    [InlineData("scalardb-schema-loader-3.6.0.jar", "3.6.1")]
    [InlineData("scalardb-schema-loader-3.16.5.jar", "3.16.2")]
    [InlineData("scalardb-schema-loader-3.16.6.jar", "3.16.7")]
    [InlineData("scalardb-cluster-schema-loader-3.17.3-all.jar", "3.17.0")]
    [InlineData("scalardb-cluster-schema-loader-3.17.4-all.jar", "v3.17.4")]
    [InlineData("scalardb-schema-loader-3.19.0.jar", "3.19.0-alpha.1")]
    public void OfTheSameLineFits(string jar, string deployed) => LoaderVersion.Require("/jars/" + jar, [Cosmos(deployed)]);

    [Theory]
    [InlineData("scalardb-schema-loader-3.5.4.jar", "3.5.4", "3.6")]
    [InlineData("scalardb-schema-loader-3.8.0.jar", "3.7.0", "minor")]
    [InlineData("scalardb-schema-loader-3.6.0.jar", "3.7.0", "minor")]
    [InlineData("scalardb-schema-loader-4.7.0.jar", "3.7.0", "minor")]
    [InlineData("scalardb-schema-loader-3.16.6.jar", "3.16.5", "makes")]
    [InlineData("scalardb-schema-loader-3.17.4.jar", "3.17.3", "makes")]
    [InlineData("scalardb-schema-loader-3.18.1.jar", "3.18.0", "makes")]
    [InlineData("loader.jar", "3.7.0", "no version")]
    [InlineData("scalardb-schema-loader.jar", "3.7.0", "no version")]
    [InlineData("scalardb-schema-loader-3.7.7.jar.bak", "3.7.0", "no version")]
    public void OfAnotherIsRefused(string jar, string deployed, string why)
    {
        var fault = Assert.Throws<RestoreException>(() => LoaderVersion.Require("/jars/" + jar, [Cosmos(deployed)]));

        Assert.Equal("SchemaLoaderVersion", fault.Id);
        Assert.Contains(jar, fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkloadsOnOtherStoragesDoNotCount() =>
        Assert.Empty(LoaderVersion.Require("scalardb-schema-loader-3.7.7.jar", [Cosmos("3.7.7"), Of("3.12.0", "jdbc")]));

    [Theory]
    [InlineData("scalardb-schema-loader-3.12.9.jar", "3.12.0", 0)]
    [InlineData("scalardb-schema-loader-3.13.0.jar", "3.13.0", 1)]
    [InlineData("scalardb-schema-loader-3.13.0.jar", null, 2)]
    [InlineData("scalardb-schema-loader-3.7.7.jar", "latest", 1)]
    public void WhatCannotBeToldIsSaid(string jar, string? deployed, int warnings) =>
        Assert.Equal(warnings, LoaderVersion.Require(jar, [Cosmos(deployed)]).Count);

    private static RunWorkload Cosmos(string? version) => Of(version, "cosmos");

    private static RunWorkload Of(string? version, string storage)
    {
        var workload = Sample.Workload("ledger", ScalarProduct.Ledger);
        return workload with { Before = workload.Before with { AppVersion = version, Storages = [new WorkloadStorage { Storage = storage }] } };
    }
}
