using System.Management.Automation;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>What the parameters that name a cluster mean, wherever a cmdlet has them from.</summary>
internal static class ClusterParameters
{
    /// <summary>The cluster.</summary>
    public static KubernetesConnection Connection(PSCmdlet cmdlet, string? kubeConfig, string? context, bool allowExecPlugin) => new()
    {
        KubeConfigPath = kubeConfig is null ? null : PathResolver.Location(cmdlet, kubeConfig),
        Context = context,
        AllowExecPlugin = allowExecPlugin,
    };
}
