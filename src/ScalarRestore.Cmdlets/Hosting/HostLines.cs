using System.Management.Automation;
using System.Management.Automation.Host;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>Writes lines for whoever watches, beside what goes down the pipeline.</summary>
internal static class HostLines
{
    private const int UsualWidth = 80;

    // As Write-Host does: shown whatever the preference, and still to be had in the information stream.
    private static readonly string[] Tags = ["PSHOST", "ScalarRestore"];

    /// <summary>Writes some lines.</summary>
    public static void Write(PSCmdlet cmdlet, IEnumerable<string> lines)
    {
        foreach (string line in lines)
            cmdlet.WriteInformation(new HostInformationMessage { Message = line }, Tags);
    }

    /// <summary>How wide the host's window is.</summary>
    public static int Width(PSCmdlet cmdlet)
    {
        try
        {
            return cmdlet.Host.UI?.RawUI?.BufferSize.Width is { } width and > 20 ? width : UsualWidth;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or IOException)
        {
            return UsualWidth;
        }
    }
}
