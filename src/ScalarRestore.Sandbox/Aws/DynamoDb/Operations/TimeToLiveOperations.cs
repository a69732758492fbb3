namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Time to live. Nothing expires here; only the setting lives.</summary>
internal static class TimeToLiveOperations
{
    public static void Describe(OperationContext call)
    {
        var table = call.Region.Get(call.Input.Required("TableName"));
        call.Writer.WriteStartObject("TimeToLiveDescription");
        call.Writer.WriteString("TimeToLiveStatus", table.TtlStatus);
        if (table.TtlStatus != "DISABLED")
            call.Writer.WriteText("AttributeName", table.TtlAttribute);

        call.Writer.WriteEndObject();
    }

    public static void Update(OperationContext call)
    {
        var (region, input, writer, now) = call;
        var table = region.Get(input.Required("TableName"));
        if (table.Status is "CREATING" or "DELETING")
            throw new AwsException(
                "ResourceInUseException",
                $"Attempt to change a resource which is still in use: Table is being created or deleted: {table.Name}");

        var specification = input.Object("TimeToLiveSpecification") ?? throw AwsException.Validation("TimeToLiveSpecification is missing.");
        var enable = specification.Flag("Enabled") ?? throw AwsException.Validation("TimeToLiveSpecification.Enabled is missing.");
        var attribute = specification.Required("AttributeName");
        if (table.TtlChangedAt is { } changed && now < changed + region.Draw(region.Settings.TtlCooldownSeconds, "ttlCooldown", table.Name))
            throw AwsException.Validation("Time to live has been modified multiple times within a fixed interval");

        if (enable == table.TtlStatus is "ENABLED" or "ENABLING")
            throw AwsException.Validation(enable ? "TimeToLive is already enabled" : "TimeToLive is already disabled");

        if (!enable && !string.Equals(attribute, table.TtlAttribute, StringComparison.Ordinal))
            throw AwsException.Validation(
                $"TimeToLive is active on a different AttributeName: current AttributeName is {table.TtlAttribute}");

        table.TtlAttribute = attribute;
        table.TtlChangedAt = now;
        table.TtlStatus = enable ? "ENABLING" : "DISABLING";
        var time = region.Draw(region.Settings.TtlUpdateSeconds, "ttl", table.Name);
        region.Timeline.At(now + time, () => table.TtlStatus = enable ? "ENABLED" : "DISABLED");
        writer.WriteStartObject("TimeToLiveSpecification");
        writer.WriteBoolean("Enabled", enable);
        writer.WriteString("AttributeName", attribute);
        writer.WriteEndObject();
    }
}
