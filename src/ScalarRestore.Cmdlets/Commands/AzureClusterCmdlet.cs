using System.Management.Automation;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>A cmdlet that reaches a cluster by itself, and may have to sign in to Azure as well.</summary>
public abstract class AzureClusterCmdlet : AzureCmdlet
{
    /// <summary>The kubeconfig; without it <c>KUBECONFIG</c>, then <c>~/.kube/config</c>, then the service account of the pod.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KubeConfig { get; set; }

    /// <summary>The kubeconfig's context; without it the current one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KubeContextCompleter))]
    public string? Context { get; set; }

    /// <summary>Lets the kubeconfig's <c>exec</c> plugin be run to obtain credentials.</summary>
    [Parameter]
    public SwitchParameter AllowExecPlugin { get; set; }

    /// <summary>The cluster that the parameters name.</summary>
    private protected KubernetesConnection Connection => ClusterParameters.Connection(this, KubeConfig, Context, AllowExecPlugin);
}
