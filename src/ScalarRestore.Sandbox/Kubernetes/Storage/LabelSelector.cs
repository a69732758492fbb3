using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Storage;

/// <summary>A label selector, from a query text such as <c>app in (a,b),!canary</c> or from a selector object.</summary>
internal sealed class LabelSelector
{
    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    private enum Operator
    {
        In,
        NotIn,
        Exists,
        DoesNotExist,
    }

    public static LabelSelector Everything { get; } = new([]);

    public bool IsEmpty => _requirements.Count == 0;

    /// <summary>Reads a selector; nothing selects everything.</summary>
    /// <exception cref="FormatException">The text is no selector.</exception>
    public static LabelSelector Parse(string? text)
    {
        List<Requirement> requirements = [];
        foreach (var part in Split(text ?? ""))
        {
            requirements.Add(ParseRequirement(part));
        }

        return new LabelSelector(requirements);
    }

    /// <summary>A <c>spec.selector</c>: <c>matchLabels</c> and <c>matchExpressions</c>; nothing selects nothing.</summary>
    public static LabelSelector? From(JsonObject? selector)
    {
        if (selector is null)
        {
            return null;
        }

        List<Requirement> requirements = [];
        foreach (var (key, value) in selector.MapAt("matchLabels") ?? [])
        {
            requirements.Add(new Requirement(key, Operator.In, [value.Text() ?? ""]));
        }

        foreach (var expression in selector.ItemsAt("matchExpressions"))
        {
            if (Enum.TryParse<Operator>(expression.TextAt("operator"), out var op))
            {
                requirements.Add(new Requirement(expression.TextAt("key") ?? "", op, [.. expression.TextsAt("values")]));
            }
        }

        return new LabelSelector(requirements);
    }

    public bool Matches(JsonObject item) => MatchesLabels(item.MapAt("metadata", "labels"));

    public bool MatchesLabels(JsonObject? labels) => _requirements.All(requirement => requirement.Matches(labels));

    /// <summary>The query form: <c>a=b,c in (d,e)</c>.</summary>
    public override string ToString() => string.Join(',', _requirements);

    private static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            if (c == ',' && (depth == 0 || i == text.Length))
            {
                var part = text[start..i].Trim();
                start = i + 1;
                if (part.Length > 0)
                {
                    yield return part;
                }
            }
        }
    }

    private static Requirement ParseRequirement(string part)
    {
        if (part[0] == '!')
        {
            return new Requirement(Key(part[1..], part), Operator.DoesNotExist, []);
        }

        var open = part.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && part[^1] == ')')
        {
            var words = part[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [var key, "in" or "notin"])
            {
                var values = part[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
                return new Requirement(key, words[1] == "in" ? Operator.In : Operator.NotIn, values);
            }

            throw Bad(part);
        }

        foreach (var (sign, op) in new[] { ("!=", Operator.NotIn), ("==", Operator.In), ("=", Operator.In) })
        {
            var at = part.IndexOf(sign, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new Requirement(Key(part[..at], part), op, [part[(at + sign.Length)..].Trim()]);
            }
        }

        return new Requirement(Key(part, part), Operator.Exists, []);
    }

    private static string Key(string text, string part)
    {
        var key = text.Trim();
        return key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') ? key : throw Bad(part);
    }

    private static FormatException Bad(string part) => new($"unable to parse requirement: '{part}'");

    private sealed record Requirement(string Key, Operator Op, IReadOnlyList<string> Values)
    {
        public bool Matches(JsonObject? labels)
        {
            var value = labels.TextAt(Key);
            return Op switch
            {
                Operator.In => value is not null && Values.Contains(value, StringComparer.Ordinal),
                Operator.NotIn => value is null || !Values.Contains(value, StringComparer.Ordinal),
                Operator.Exists => value is not null,
                _ => value is null,
            };
        }

        public override string ToString() => Op switch
        {
            Operator.In when Values.Count == 1 => $"{Key}={Values[0]}",
            Operator.In => $"{Key} in ({string.Join(',', Values)})",
            Operator.NotIn => $"{Key} notin ({string.Join(',', Values)})",
            Operator.Exists => Key,
            _ => $"!{Key}",
        };
    }
}
