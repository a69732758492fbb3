using System.Globalization;
using System.Management.Automation;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>
/// Lets a parameter take a moment in any form that means one moment, and refuses a time without an offset with a message that shows how
/// to write it. PowerShell by itself would take the machine's zone for such a text, without a word.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class OffsetTimeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return value switch
            {
                DateTimeOffset time => time,
                RestorePoint point => point.RestoreTime,
                DateTime time => OffsetTime.FromDateTime(time),
                long or int or uint or ulong => OffsetTime.FromNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
                string text => OffsetTime.Parse(text),
                null => throw new FormatException(
                    "No time is given. A restore point has no default: take one from Get-ScalarRestorePoint, or write it as '2026-03-04T02:15:07Z'."),
                _ => throw new FormatException(
                    $"A value of type {value.GetType().Name} is not a time. Write it as '2026-03-04T02:15:07Z', or pass what Get-ScalarRestorePoint gave."),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
