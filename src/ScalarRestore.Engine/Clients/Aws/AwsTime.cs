namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>Times as the SDK gives them.</summary>
internal static class AwsTime
{
    /// <summary>The same instant as UTC. The SDK gives UTC; a value without a kind is meant as such.</summary>
    public static DateTimeOffset ToUtc(DateTime time) =>
        time.Kind == DateTimeKind.Local ? new DateTimeOffset(time.ToUniversalTime()) : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
