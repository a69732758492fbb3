namespace ScalarRestore.Sandbox.Aws.Rds.Operations;

/// <summary>The filters of Describe calls: all of them must fit, and of each any one value.</summary>
internal static class Filtering
{
    /// <summary>The items that fit the call's filters.</summary>
    /// <param name="call">The call.</param>
    /// <param name="items">What there is.</param>
    /// <param name="values">What an item has to say to each filter that the operation knows.</param>
    public static IEnumerable<T> Where<T>(RdsCall call, IEnumerable<T> items, IReadOnlyDictionary<string, Func<T, string?>> values)
    {
        foreach (var filter in call.Form.Structures("Filters", "Filter") ?? [])
        {
            var name = filter.Required("Name");
            if (!values.TryGetValue(name, out var value))
                throw RdsErrors.Value($"Unrecognized filter name: {name}");

            // Names may be given as ARNs.
            var wanted = (filter.List("Values", "Value") ?? []).Select(RdsNames.Plain).ToHashSet(StringComparer.Ordinal);
            items = items.Where(i => value(i)?.ToLowerInvariant() is { } text && wanted.Contains(text));
        }

        return items;
    }
}
