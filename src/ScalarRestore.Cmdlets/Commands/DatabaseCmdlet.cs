using System.Management.Automation;
using ScalarRestore.Cmdlets.Parameters;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Commands;

/// <summary>A cmdlet that says which tables are meant, and how their account is reached.</summary>
public abstract class DatabaseCmdlet : AzureCmdlet
{
    /// <summary>The prefix in front of every table name.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? NamespacePrefix { get; set; }

    /// <summary>A profile of the AWS shared configuration.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProfileName { get; set; }

    /// <summary>The AWS region.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>The selection as the engine takes it: schema files resolved, and what was not given left out.</summary>
    private protected DatabaseSelection Select(string[]? tableNames, string[]? schemaFiles, string[]? identifiers) => new()
    {
        TableNames = tableNames,
        SchemaFiles = schemaFiles is null ? null : PathResolver.ExistingFiles(this, schemaFiles, literal: false),
        Identifiers = identifiers,
        NamespacePrefix = NamespacePrefix,
        ProfileName = ProfileName,
        Region = Region,
        Azure = Azure,
    };
}
