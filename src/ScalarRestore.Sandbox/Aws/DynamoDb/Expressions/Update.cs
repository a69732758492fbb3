using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;

/// <summary>Update expressions: SET, REMOVE, ADD and DELETE. All operands are read from the item as it was before.</summary>
internal sealed class Update
{
    private delegate AttributeValue? Operand(Item? before);

    private readonly List<(IReadOnlyList<object> Path, Operand Value)> _changes = [];

    /// <summary>The top-level attributes that are touched.</summary>
    public IReadOnlySet<string> Touched => _changes.Select(c => (string)c.Path[0]).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads the expression; without one nothing is changed.</summary>
    public static Update Parse(string? text, ExpressionNames names)
    {
        var update = new Update();
        if (text is null)
            return update;

        var reader = new TokenReader("UpdateExpression", text, names);
        while (!reader.AtEnd)
        {
            var clause = reader.Next().ToUpperInvariant();
            do
            {
                var path = reader.Path();
                update._changes.Add((path, clause switch
                {
                    "SET" => Set(reader),
                    "REMOVE" => static _ => null,
                    "ADD" => Add(path, reader.Names.Value(reader.Next())),
                    "DELETE" => Delete(path, reader.Names.Value(reader.Next())),
                    _ => throw reader.Error(),
                }));
            }
            while (reader.Take(","));
        }

        return update;
    }

    /// <summary>The attributes after the update.</summary>
    public Dictionary<string, AttributeValue> Apply(Item? before, IReadOnlyDictionary<string, AttributeValue> key)
    {
        var attributes = new Dictionary<string, AttributeValue>(before?.Attributes ?? key, StringComparer.Ordinal);
        foreach (var (path, value) in _changes)
        {
            if (path is [string name] && key.ContainsKey(name))
                throw AwsException.Validation(
                    $"One or more parameter values were invalid: Cannot update attribute {name}. This attribute is part of the key");

            DocumentPath.Set(attributes, path, value(before));
        }

        return attributes;
    }

    private static Operand Set(TokenReader reader)
    {
        reader.Expect("=");
        var left = ReadOperand(reader);
        if (reader.Peek() is not ("+" or "-"))
            return left;

        var subtract = reader.Next() == "-";
        var right = ReadOperand(reader);
        return before => Sum(left(before), right(before), subtract);
    }

    private static Operand ReadOperand(TokenReader reader)
    {
        if (reader.Peek().StartsWith(':'))
        {
            var value = reader.Names.Value(reader.Next());
            return _ => value;
        }

        if (reader.Peek(1) == "(" && reader.Take("if_not_exists"))
        {
            reader.Expect("(");
            var tested = reader.Path();
            reader.Expect(",");
            var otherwise = ReadOperand(reader);
            reader.Expect(")");
            return before => DocumentPath.Get(before, tested) ?? otherwise(before);
        }

        if (reader.Peek(1) == "(" && reader.Take("list_append"))
        {
            reader.Expect("(");
            var first = ReadOperand(reader);
            reader.Expect(",");
            var second = ReadOperand(reader);
            reader.Expect(")");
            return before => first(before) is { Type: AttributeType.L } a && second(before) is { Type: AttributeType.L } b
                ? AttributeValue.OfList(a.List.Concat(b.List))
                : throw AwsException.Validation(
                    "Invalid UpdateExpression: Incorrect operand type for operator or function; operator or function: list_append");
        }

        var path = reader.Path();
        return before => DocumentPath.Get(before, path)
            ?? throw AwsException.Validation("The provided expression refers to an attribute that does not exist in the item");
    }

    private static Operand Add(IReadOnlyList<object> path, AttributeValue value) => before =>
        (DocumentPath.Get(before, path), value.Type) switch
    {
        (null, AttributeType.N or AttributeType.SS or AttributeType.NS or AttributeType.BS) => value,
        ({ Type: AttributeType.N } present, AttributeType.N) => Sum(present, value, subtract: false),
        ({ Type: AttributeType.SS or AttributeType.NS or AttributeType.BS } present, _) when present.Type == value.Type =>
            AttributeValue.OfSet(value.Type, present.Members.Union(value.Members, StringComparer.Ordinal)),
        _ => throw AwsException.Validation("An operand in the update expression has an incorrect data type"),
    };

    private static Operand Delete(IReadOnlyList<object> path, AttributeValue value) => before =>
    {
        if (DocumentPath.Get(before, path) is not { } present)
            return null;

        if (present.Type != value.Type || value.Type is not (AttributeType.SS or AttributeType.NS or AttributeType.BS))
            throw AwsException.Validation("An operand in the update expression has an incorrect data type");

        var left = present.Members.Except(value.Members, StringComparer.Ordinal).ToArray();
        return left.Length > 0 ? AttributeValue.OfSet(value.Type, left) : null;
    };

    private static AttributeValue Sum(AttributeValue? left, AttributeValue? right, bool subtract) =>
        left is { Type: AttributeType.N } a && right is { Type: AttributeType.N } b
            ? AttributeValue.Number(DynamoNumber.Add(a.Text, b.Text, subtract))
            : throw AwsException.Validation("An operand in the update expression has an incorrect data type");
}
