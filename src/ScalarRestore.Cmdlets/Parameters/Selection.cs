using System.Management.Automation;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Parameters;

/// <summary>The parameters that say which tables, as the engine takes them.</summary>
internal static class Selection
{
    /// <summary>Resolves the schema files and leaves out what was not given.</summary>
    public static DatabaseSelection From(
        PSCmdlet cmdlet, string[]? tableNames, string[]? schemaFiles, string? namespacePrefix, string? profileName, string? region) => new()
    {
        TableNames = tableNames,
        SchemaFiles = schemaFiles is null ? null : PathResolver.ExistingFiles(cmdlet, schemaFiles, literal: false),
        NamespacePrefix = namespacePrefix,
        ProfileName = profileName,
        Region = region,
    };
}
