using System.Globalization;
using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;

/// <summary>Condition and filter expressions, the whole grammar, made into delegates.</summary>
internal static class Condition
{
    private delegate AttributeValue? Operand(Item? item);

    /// <summary>The test; always true where there is no expression.</summary>
    public static Predicate<Item?> Parse(string kind, string? text, ExpressionNames names)
    {
        if (text is null)
            return static _ => true;

        var reader = new TokenReader(kind, text, names);
        var condition = Or(reader);
        reader.ExpectEnd();
        return condition;
    }

    /// <summary>Compares as the operator says; values of different types are never alike and have no order.</summary>
    public static bool Compare(string comparator, AttributeValue? left, AttributeValue? right)
    {
        if (left is null || right is null)
            return false;

        if (comparator is "=" or "<>")
            return left.Equals(right) == (comparator == "=");

        if (left.Type != right.Type || left.ToSortable() is not { } a || right.ToSortable() is not { } b)
            return false;

        var order = a.AsSpan().SequenceCompareTo(b);
        return comparator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    public static bool BeginsWith(AttributeValue? value, AttributeValue? prefix) =>
        value is not null && prefix is not null && value.Type == prefix.Type && value.Type is AttributeType.S or AttributeType.B
        && value!.ToSortable().AsSpan().StartsWith(prefix!.ToSortable());

    private static Predicate<Item?> Or(TokenReader reader)
    {
        var left = And(reader);
        while (reader.Take("OR"))
        {
            var (a, b) = (left, And(reader));
            left = item => a(item) || b(item);
        }

        return left;
    }

    private static Predicate<Item?> And(TokenReader reader)
    {
        var left = Not(reader);
        while (reader.Take("AND"))
        {
            var (a, b) = (left, Not(reader));
            left = item => a(item) && b(item);
        }

        return left;
    }

    private static Predicate<Item?> Not(TokenReader reader)
    {
        if (reader.Take("NOT"))
        {
            var inner = Not(reader);
            return item => !inner(item);
        }

        if (reader.Take("("))
        {
            var inner = Or(reader);
            reader.Expect(")");
            return inner;
        }

        return reader.Peek(1) == "("
            && reader.Peek().ToLowerInvariant() is "attribute_exists" or "attribute_not_exists" or "attribute_type" or "begins_with" or "contains"
            ? Function(reader)
            : Comparison(reader);
    }

    private static Predicate<Item?> Function(TokenReader reader)
    {
        var name = reader.Next().ToLowerInvariant();
        reader.Expect("(");
        var subject = ReadOperand(reader);
        var argument = reader.Take(",") ? ReadOperand(reader) : static _ => null;
        reader.Expect(")");
        return name switch
        {
            "attribute_exists" => item => subject(item) is not null,
            "attribute_not_exists" => item => subject(item) is null,
            "attribute_type" => item =>
                subject(item) is { } value && string.Equals(value.Type.ToString(), argument(item)?.Text, StringComparison.Ordinal),
            "begins_with" => item => BeginsWith(subject(item), argument(item)),
            _ => item => Contains(subject(item), argument(item)),
        };
    }

    private static Predicate<Item?> Comparison(TokenReader reader)
    {
        var left = ReadOperand(reader);
        if (reader.Take("BETWEEN"))
        {
            var low = ReadOperand(reader);
            reader.Expect("AND");
            var high = ReadOperand(reader);
            return item => Compare(">=", left(item), low(item)) && Compare("<=", left(item), high(item));
        }

        if (reader.Take("IN"))
        {
            reader.Expect("(");
            var options = new List<Operand>();
            do
                options.Add(ReadOperand(reader));
            while (reader.Take(","));

            reader.Expect(")");
            return item => options.Exists(o => Compare("=", left(item), o(item)));
        }

        var comparator = reader.Next();
        if (comparator is not ("=" or "<>" or "<" or "<=" or ">" or ">="))
            throw reader.Error();

        var right = ReadOperand(reader);

        // A missing attribute is unequal to everything, but neither more nor less.
        return comparator == "<>"
            ? item => !Compare("=", left(item), right(item))
            : item => Compare(comparator, left(item), right(item));
    }

    private static Operand ReadOperand(TokenReader reader)
    {
        if (reader.Peek().StartsWith(':'))
        {
            var value = reader.Names.Value(reader.Next());
            return _ => value;
        }

        if (reader.Peek(1) == "(" && reader.Take("size"))
        {
            reader.Expect("(");
            var measured = reader.Path();
            reader.Expect(")");
            return item =>
                DocumentPath.Get(item, measured) is { } value ? AttributeValue.Number(Measure(value).ToString(CultureInfo.InvariantCulture))
                : null;
        }

        var path = reader.Path();
        return item => DocumentPath.Get(item, path);
    }

    private static int Measure(AttributeValue value) => value.Type switch
    {
        AttributeType.M => value.Map.Count,
        AttributeType.L => value.List.Count,
        AttributeType.SS or AttributeType.NS or AttributeType.BS => value.Members.Count,
        _ => value.Size(),
    };

    private static bool Contains(AttributeValue? container, AttributeValue? wanted) => (container?.Type, wanted?.Type) switch
    {
        (AttributeType.S, AttributeType.S) => container.Text.Contains(wanted.Text, StringComparison.Ordinal),
        (AttributeType.L, not null) => container.List.Contains(wanted),
        (AttributeType.SS, AttributeType.S) or (AttributeType.NS, AttributeType.N) =>
            container.Members.Contains(wanted.Text, StringComparer.Ordinal),
        (AttributeType.BS, AttributeType.B) => container.Members.Contains(Convert.ToBase64String(wanted.Bytes), StringComparer.Ordinal),
        _ => false,
    };
}
