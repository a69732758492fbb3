namespace ScalarRestore.Engine.Values.Plans;

/// <summary>What is known, beside the values, of the release that they belong to.</summary>
/// <param name="ChartVersion">The chart's version; null where it is not known.</param>
/// <param name="AppVersion">The product's version; null where it is not known.</param>
/// <param name="Variables">The pods' environment, as far as it is known.</param>
internal sealed record ProductFacts(Version? ChartVersion, Version? AppVersion, PodVariables Variables)
{
    /// <summary>Files by themselves.</summary>
    public static ProductFacts Unknown { get; } = new(null, null, PodVariables.None);
}
