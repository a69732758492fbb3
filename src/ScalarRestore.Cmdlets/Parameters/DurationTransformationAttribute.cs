using System.Globalization;
using System.Management.Automation;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>
/// Lets a parameter take a time span or a number of seconds. PowerShell by itself reads the number 60 as sixty ticks and the text "60"
/// as sixty days.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        TimeSpan? duration = value switch
        {
            TimeSpan span => span,
            int or long or double or decimal or float => FromSeconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text => FromText(text.Trim()),
            _ => null,
        };
        return duration is { } d && d > TimeSpan.Zero
            ? d
            : throw new ArgumentTransformationMetadataException(
                $"'{value}' is not a duration. Write seconds, as in 900, or hours, minutes and seconds, as in '00:15:00'.");
    }

    private static TimeSpan? FromText(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
            return FromSeconds(seconds);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) ? span : null;
    }

    private static TimeSpan? FromSeconds(double seconds) =>
        seconds is > 0 and < 31_536_000 ? TimeSpan.FromSeconds(seconds) : null;
}
