using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;

/// <summary>Reads and changes what a document path points to.</summary>
internal static class DocumentPath
{
    public static AttributeValue? Get(Item? item, IReadOnlyList<object> path)
    {
        var value = item?[(string)path[0]];
        foreach (var step in path.Skip(1))
        {
            value = (value?.Type, step) switch
            {
                (AttributeType.M, string name) => value.Map.GetValueOrDefault(name),
                (AttributeType.L, int index) => index < value.List.Count ? value.List[index] : null,
                _ => null,
            };
        }

        return value;
    }

    /// <summary>Puts a value there, or takes away what is there. The maps and lists on the way are made anew.</summary>
    public static void Set(Dictionary<string, AttributeValue> attributes, IReadOnlyList<object> path, AttributeValue? value)
    {
        var name = (string)path[0];
        var changed = path.Count == 1 ? value : Changed(attributes.GetValueOrDefault(name), path, 1, value);
        if (changed is null)
            attributes.Remove(name);
        else
            attributes[name] = changed;
    }

    private static AttributeValue Changed(AttributeValue? container, IReadOnlyList<object> path, int depth, AttributeValue? value)
    {
        var isLast = depth == path.Count - 1;
        switch (container?.Type, path[depth])
        {
            case (AttributeType.M, string name):
                var map = new Dictionary<string, AttributeValue>(container.Map, StringComparer.Ordinal);
                if ((isLast ? value : Changed(map.GetValueOrDefault(name), path, depth + 1, value)) is { } member)
                    map[name] = member;
                else
                    map.Remove(name);

                return AttributeValue.OfMap(map);
            case (AttributeType.L, int index):
                var list = container.List.ToList();
                if ((isLast ? value : Changed(list.ElementAtOrDefault(index), path, depth + 1, value)) is not { } element)
                    list.RemoveRange(Math.Min(index, list.Count), index < list.Count ? 1 : 0);
                else if (index < list.Count)
                    list[index] = element;
                else
                    list.Add(element);

                return AttributeValue.OfList(list);
            default:
                throw AwsException.Validation("The document path provided in the update expression is invalid for update");
        }
    }
}
