namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>Tags of tables.</summary>
internal static class TagOperations
{
    private const int PageSize = 10;

    public static void Tag(OperationContext call)
    {
        var (region, input, _, _) = call;
        var table = region.Get(input.Required("ResourceArn"));
        RefuseBusy(table.Status, table.Name);
        var tags = input.Elements("Tags").Select(t => (Key: t.Required("Key"), Value: t.Required("Value"))).ToArray();
        foreach (var (key, _) in tags)
        {
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw AwsException.Validation($"Tag keys that start with aws: are reserved: {key}");
        }

        if (table.Tags.Keys.Union(tags.Select(t => t.Key), StringComparer.Ordinal).Count() > 50)
            throw new AwsException("LimitExceededException", "Too many tags: at most 50 are allowed.");

        Later(call, table.Name, () =>
        {
            foreach (var (key, value) in tags)
                table.Tags[key] = value;
        });
    }

    public static void Untag(OperationContext call)
    {
        var (region, input, _, _) = call;
        var table = region.Get(input.Required("ResourceArn"));
        RefuseBusy(table.Status, table.Name);
        var keys = input.Elements("TagKeys").Select(k => k.GetString()!).ToArray();
        Later(call, table.Name, () =>
        {
            foreach (var key in keys)
                table.Tags.Remove(key);
        });
    }

    public static void List(OperationContext call)
    {
        var (region, input, writer, _) = call;
        var table = region.Get(input.Required("ResourceArn"));
        var after = input.Text("NextToken");
        var tags = table.Tags.Where(t => string.CompareOrdinal(t.Key, after) > 0).Take(PageSize + 1).ToArray();
        writer.WriteStartArray("Tags");
        foreach (var (key, value) in tags.Take(PageSize))
        {
            writer.WriteStartObject();
            writer.WriteString("Key", key);
            writer.WriteString("Value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (tags.Length > PageSize)
            writer.WriteString("NextToken", tags[PageSize - 1].Key);
    }

    private static void RefuseBusy(string status, string name)
    {
        if (status is "CREATING" or "DELETING")
            throw new AwsException(
                "ResourceInUseException", $"Attempt to change a resource which is still in use: Table is being created or deleted: {name}");
    }

    private static void Later(OperationContext call, string name, Action action)
    {
        var delay = call.Region.Draw(call.Region.Settings.TagSeconds, "tag", name);
        if (delay > TimeSpan.Zero)
            call.Region.Timeline.At(call.Now + delay, action);
        else
            action();
    }
}
