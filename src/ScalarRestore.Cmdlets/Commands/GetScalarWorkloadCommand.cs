using System.Management.Automation;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>Finds the Helm releases of Scalar products.</summary>
[Cmdlet(VerbsCommon.Get, "ScalarWorkload")]
[OutputType(typeof(ScalarWorkload))]
public sealed class GetScalarWorkloadCommand : ClusterCmdlet
{
    /// <summary>Release names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The namespace; without it the context's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>Looks in every namespace.</summary>
    [Parameter]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Only this product.</summary>
    [Parameter]
    public ScalarProduct? Product { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var query = new WorkloadQuery
        {
            Connection = Connection,
            Namespace = Namespace,
            AllNamespaces = AllNamespaces,
            Names = Name,
            Product = Product,
        };
        WriteObject(Call((engine, host, token) => engine.GetWorkloadsAsync(query, host, token)), enumerateCollection: true);
    }
}
