using System.Globalization;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Expressions;

/// <summary>Reads an expression word by word.</summary>
internal sealed class TokenReader
{
    private readonly string _kind;
    private readonly List<string> _tokens = [];
    private readonly ExpressionNames _names;
    private int _position;

    /// <summary>Takes an expression apart.</summary>
    /// <param name="kind">The parameter's name, for messages.</param>
    /// <param name="text">The expression.</param>
    /// <param name="names">The placeholders.</param>
    public TokenReader(string kind, string text, ExpressionNames names)
    {
        _kind = kind;
        _names = names;
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            if (IsWord(text[i]) || text[i] is '#' or ':')
            {
                i++;
                while (i < text.Length && IsWord(text[i]))
                    i++;
            }
            else
            {
                i += i + 1 < text.Length && text.Substring(i, 2) is "<>" or "<=" or ">=" ? 2 : 1;
            }

            _tokens.Add(text[start..i]);
        }

        if (_tokens.Count == 0)
            throw AwsException.Validation($"Invalid {kind}: The expression can not be empty;");
    }

    public ExpressionNames Names => _names;

    public bool AtEnd => _position >= _tokens.Count;

    /// <summary>The word to come; empty at the end.</summary>
    public string Peek(int ahead = 0) => _position + ahead < _tokens.Count ? _tokens[_position + ahead] : "";

    public string Next() => AtEnd ? throw Error() : _tokens[_position++];

    /// <summary>Takes the word if it is the one asked for; keywords in any case.</summary>
    public bool Take(string token)
    {
        if (!string.Equals(Peek(), token, StringComparison.OrdinalIgnoreCase))
            return false;

        _position++;
        return true;
    }

    public void Expect(string token)
    {
        if (!Take(token))
            throw Error();
    }

    public void ExpectEnd()
    {
        if (!AtEnd)
            throw Error();
    }

    /// <summary>A document path: names and list positions.</summary>
    public IReadOnlyList<object> Path()
    {
        var path = new List<object> { PathName() };
        while (true)
        {
            if (Take("."))
            {
                path.Add(PathName());
            }
            else if (Take("["))
            {
                path.Add(int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : throw Error());
                Expect("]");
            }
            else
            {
                return path;
            }
        }
    }

    public AwsException Error() => AwsException.Validation(AtEnd
        ? $"Invalid {_kind}: Syntax error; token: <EOF>"
        : $"Invalid {_kind}: Syntax error; token: \"{Peek()}\", near: \"{string.Join(' ', _tokens.Skip(Math.Max(0, _position - 1)).Take(3))}\"");

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_';

    private string PathName()
    {
        var token = Next();
        if (token[0] == '#')
            return _names.Name(token);

        return char.IsAsciiLetter(token[0]) || token[0] == '_' ? token : throw Error();
    }
}
