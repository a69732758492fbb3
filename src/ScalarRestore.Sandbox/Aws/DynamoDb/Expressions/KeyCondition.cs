using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;

/// <summary>A key condition of a query: one partition, and possibly a part of it.</summary>
/// <param name="Hash">The partition's key.</param>
/// <param name="Range">The test of the sort key.</param>
internal sealed record KeyCondition(AttributeValue Hash, Predicate<AttributeValue?> Range)
{
    public static KeyCondition Parse(string? text, KeySchema keys, ExpressionNames names)
    {
        if (text is null)
            throw AwsException.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");

        var reader = new TokenReader("KeyConditionExpression", text, names);
        AttributeValue? hash = null;
        Predicate<AttributeValue?>? range = null;
        do
        {
            var parentheses = 0;
            while (reader.Take("("))
                parentheses++;

            var (name, isEquality, value, test) = Part(reader);
            if (string.Equals(name, keys.HashName, StringComparison.Ordinal) && isEquality && hash is null)
                hash = value;
            else if (string.Equals(name, keys.RangeName, StringComparison.Ordinal) && range is null)
                range = test;
            else
                throw AwsException.Validation(
                    string.Equals(name, keys.HashName, StringComparison.Ordinal) ? "Query key condition not supported"
                    : $"Query condition missed key schema element: {(hash is null ? keys.HashName : keys.RangeName ?? name)}");

            while (parentheses-- > 0)
                reader.Expect(")");
        }
        while (reader.Take("AND"));

        reader.ExpectEnd();
        if (hash is null)
            throw AwsException.Validation($"Query condition missed key schema element: {keys.HashName}");

        return hash.Type == keys.HashType
            ? new KeyCondition(hash, range ?? (static _ => true))
            : throw AwsException.Validation(
                "One or more parameter values were invalid: Condition parameter type does not match schema type");
    }

    private static (string Name, bool IsEquality, AttributeValue Value, Predicate<AttributeValue?> Test) Part(TokenReader reader)
    {
        if (reader.Peek(1) == "(" && reader.Take("begins_with"))
        {
            reader.Expect("(");
            var subject = Name(reader);
            reader.Expect(",");
            var prefix = reader.Names.Value(reader.Next());
            reader.Expect(")");
            return (subject, false, prefix, v => Condition.BeginsWith(v, prefix));
        }

        var name = Name(reader);
        if (reader.Take("BETWEEN"))
        {
            var low = reader.Names.Value(reader.Next());
            reader.Expect("AND");
            var high = reader.Names.Value(reader.Next());
            return (name, false, low, v => Condition.Compare(">=", v, low) && Condition.Compare("<=", v, high));
        }

        var comparator = reader.Next();
        if (comparator is not ("=" or "<" or "<=" or ">" or ">="))
            throw AwsException.Validation($"Invalid operator used in KeyConditionExpression: {comparator}");

        var value = reader.Names.Value(reader.Next());
        return (name, comparator == "=", value, v => Condition.Compare(comparator, v, value));
    }

    private static string Name(TokenReader reader) => reader.Path() is [string name] ? name : throw reader.Error();
}
