using System.Management.Automation;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>What the session can do for an operator.</summary>
internal static class HostTraits
{
    /// <summary>Whether progress bars reach anybody.</summary>
    public static bool ShowsProgress(PSCmdlet cmdlet)
    {
        string preference = cmdlet.SessionState.PSVariable.GetValue("ProgressPreference")?.ToString() ?? "Continue";
        if (preference is "SilentlyContinue" or "Ignore")
            return false;
        return cmdlet.Host.Name switch
        {
            "ConsoleHost" => !Console.IsOutputRedirected && !NonInteractive(),
            "Default Host" => false, // a runspace in a service, Azure Automation
            _ => true,
        };
    }

    /// <summary>Whether a question reaches anybody. Hosts that are not known get the benefit of the doubt: asking them fails by itself.</summary>
    public static bool CanAsk(PSCmdlet cmdlet) => cmdlet.Host.Name switch
    {
        "ConsoleHost" => !NonInteractive(),
        "Default Host" => false, // a runspace in a service, Azure Automation
        _ => true,
    };

    private static bool NonInteractive() =>
        Environment.GetCommandLineArgs().Any(a => a.StartsWith("-noni", StringComparison.OrdinalIgnoreCase));
}
