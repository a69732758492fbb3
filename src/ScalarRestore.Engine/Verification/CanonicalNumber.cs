using System.Globalization;

namespace ScalarRestore.Engine.Verification;

/// <summary>Brings decimal numbers as DynamoDB writes them into one form: 1, 1.0, 01 and 10e-1 are the same number. 38 digits outlast every type of ours, so it is done on text.</summary>
internal static class CanonicalNumber
{
    /// <summary>Sign, digits without zeros at either end, exponent; a text that is no number stays as it is.</summary>
    public static string Of(string number)
    {
        var negative = number.StartsWith('-');
        var body = number.AsSpan(negative || number.StartsWith('+') ? 1 : 0);
        var exponent = 0L;
        var e = body.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!long.TryParse(body[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
                return number;
            body = body[..e];
        }

        var point = body.IndexOf('.');
        var digits = point < 0 ? body.ToString() : string.Concat(body[..point], body[(point + 1)..]);
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
            return number;

        exponent -= point < 0 ? 0 : body.Length - point - 1;
        var trimmed = digits.TrimEnd('0');
        exponent += digits.Length - trimmed.Length;
        trimmed = trimmed.TrimStart('0');
        return trimmed.Length == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{trimmed}e{exponent}");
    }
}
