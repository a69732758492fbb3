using System.Text.RegularExpressions;

namespace ScalarRestore.Engine.Schema;

/// <summary>
/// Which Schema Loader may repair what. Its minor version has to be the deployment's. From 3.16.6, 3.17.4 and 3.18.1 on it makes what is missing,
/// so that it is not for deployments older than these. (ScalarDB, schema-loader; pull requests 3561 and 3613.)
/// </summary>
internal static partial class LoaderVersion
{
    private static readonly Version First = new(3, 6, 0);
    private static readonly Version GroupCommit = new(3, 13, 0);

    /// <summary>Refuses a loader that does not fit the workloads' version; gives what the operator should know.</summary>
    /// <param name="path">The jar, named as it was released.</param>
    /// <param name="workloads">The workloads of the run.</param>
    /// <exception cref="RestoreException"><c>SchemaLoaderVersion</c>.</exception>
    public static IReadOnlyList<string> Require(string path, IReadOnlyList<RunWorkload> workloads)
    {
        var name = Path.GetFileName(path);
        if (JarName().Match(name) is not { Success: true } match || !Version.TryParse(match.Groups["version"].Value, out var loader))
            throw Refused(name, "its name tells no version", "Name the file as it was released, for example scalardb-schema-loader-3.7.7.jar");

        if (loader < First)
            throw Refused(name, "--repair-all came with 3.6", "Take the loader of the deployment's minor version, or -Method Copy");

        var warnings = new List<string>();
        foreach (var workload in workloads.Where(workload => workload.Before.Storages.Any(Databases.CosmosDb.CosmosProvider.IsCosmos)))
        {
            if (workload.Before.AppVersion is not { } text || !Version.TryParse(text.TrimStart('v').Split('-', '+')[0], out var deployed))
            {
                warnings.Add($"{workload} tells no version, so that nothing can be said of whether {name} fits it.");
                continue;
            }

            if ((loader.Major, loader.Minor) != (deployed.Major, deployed.Minor))
                throw Refused(name, $"{workload} is {text}, and the minor versions have to be the same", $"Take a loader of {deployed.Major}.{deployed.Minor}, or -Method Copy");

            if (MakesWhatIsMissing(loader) && !MakesWhatIsMissing(deployed))
                throw Refused(name, $"{workload} is {text}, and this loader makes and changes what that one's own does not", $"Take the loader of {text}, or -Method Copy");
        }

        if (loader >= GroupCommit)
            warnings.Add("The schema files and the coordinator's group commit have to be set as they were when the schema was last applied: --repair-all writes them down again.");

        return warnings;
    }

    private static bool MakesWhatIsMissing(Version version) => version.Major > 3 || version.Minor switch
    {
        < 16 => false,
        16 => version.Build >= 6,
        17 => version.Build >= 4,
        18 => version.Build >= 1,
        _ => true,
    };

    private static RestoreException Refused(string name, string why, string mend) => new(
        "SchemaLoaderVersion", FaultCategory.InvalidArgument, $"{name} cannot be used: {why}.", name, $"{mend}. Nothing was changed.");

    [GeneratedRegex(@"^scalardb(-cluster)?-schema-loader-(?<version>\d+\.\d+\.\d+)(-all)?\.jar$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JarName();
}
