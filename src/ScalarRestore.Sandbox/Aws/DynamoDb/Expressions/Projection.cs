using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;

/// <summary>Projection expressions. Of a nested path the whole top-level attribute is answered.</summary>
internal static class Projection
{
    public static Func<Item, IReadOnlyDictionary<string, AttributeValue>> Parse(string? text, ExpressionNames names)
    {
        if (text is null)
            return static item => item.Attributes;

        var reader = new TokenReader("ProjectionExpression", text, names);
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        do
            wanted.Add((string)reader.Path()[0]);
        while (reader.Take(","));

        reader.ExpectEnd();
        return item => item.Attributes.Where(a => wanted.Contains(a.Key)).ToDictionary(StringComparer.Ordinal);
    }
}
