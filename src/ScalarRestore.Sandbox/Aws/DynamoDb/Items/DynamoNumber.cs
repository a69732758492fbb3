using System.Globalization;
using System.Numerics;
using System.Text;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Items;

/// <summary>Decimal numbers of up to 38 digits, kept as text in the form in which DynamoDB answers them.</summary>
internal static class DynamoNumber
{
    private const int MaxDigits = 38;

    /// <summary>The text without leading and trailing zeros, or null where it is no number.</summary>
    public static string? Normalize(string text)
    {
        if (!TryTakeApart(text, out var negative, out var digits, out var exponent))
            return null;

        if (digits.Length == 0)
            return "0";

        if (digits.Length > MaxDigits || exponent is > 125 or < -130)
            return null;

        // The exponent is that of the last digit.
        var sign = negative ? "-" : "";
        if (exponent >= 0)
            return sign + digits + new string('0', exponent);

        var point = digits.Length + exponent;
        return point > 0 ? $"{sign}{digits[..point]}.{digits[point..]}" : $"{sign}0.{new string('0', -point)}{digits}";
    }

    /// <summary>Bytes that sort as the numbers do.</summary>
    public static byte[] ToSortable(string normalized)
    {
        TryTakeApart(normalized, out var negative, out var digits, out var exponent);
        if (digits.Length == 0)
            return [1];

        // Magnitude first, then the digits; everything turned round below zero, with an end mark so that the longer is the smaller.
        var magnitude = (ushort)(exponent + digits.Length + 1000);
        var bytes = new List<byte> { (byte)(negative ? 0 : 2), (byte)(magnitude >> 8), (byte)magnitude };
        bytes.AddRange(Encoding.ASCII.GetBytes(digits));
        if (negative)
        {
            for (var i = 1; i < bytes.Count; i++)
                bytes[i] = (byte)~bytes[i];

            bytes.Add(byte.MaxValue);
        }

        return [.. bytes];
    }

    public static int Compare(string left, string right) => ToSortable(left).AsSpan().SequenceCompareTo(ToSortable(right));

    /// <summary>The sum, or the difference.</summary>
    public static string Add(string left, string right, bool subtract)
    {
        var (a, aScale) = Whole(left);
        var (b, bScale) = Whole(right);
        var scale = Math.Min(aScale, bScale);
        a *= BigInteger.Pow(10, aScale - scale);
        b *= BigInteger.Pow(10, bScale - scale);
        var sum = subtract ? a - b : a + b;
        return Normalize(sum.ToString(CultureInfo.InvariantCulture) + "E" + scale.ToString(CultureInfo.InvariantCulture))
            ?? throw AwsException.Validation("Number overflow. Attempting to store a number with magnitude larger than supported range");
    }

    private static (BigInteger Value, int Scale) Whole(string normalized)
    {
        TryTakeApart(normalized, out var negative, out var digits, out var exponent);
        var value = digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return (negative ? -value : value, exponent);
    }

    private static bool TryTakeApart(string text, out bool negative, out string digits, out int exponent)
    {
        negative = false;
        digits = "";
        exponent = 0;
        var collected = new StringBuilder(text.Length);
        var seenPoint = false;
        var seenDigit = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                seenDigit = true;
                collected.Append(c);
                exponent -= seenPoint ? 1 : 0;
            }
            else if (c == '.' && !seenPoint)
            {
                seenPoint = true;
            }
            else if (c is '-' or '+' && i == 0)
            {
                negative = c == '-';
            }
            else if (c is 'e' or 'E' && seenDigit
                && int.TryParse(text.AsSpan(i + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power))
            {
                exponent += power;
                break;
            }
            else
            {
                return false;
            }
        }

        var trimmed = collected.ToString().TrimStart('0');
        digits = trimmed.TrimEnd('0');
        exponent = digits.Length == 0 ? 0 : exponent + trimmed.Length - digits.Length;
        return seenDigit;
    }
}
