using System.Management.Automation;
using System.Reflection;
using ScalarRestore.Contracts;

namespace ScalarRestore.Cmdlets.Hosting;

/// <summary>Makes the one engine of the process on first use. Importing the module, completing and showing help never come here.</summary>
internal static class EngineHost
{
    private const string EngineType = "ScalarRestore.Engine.RestoreEngine";

    // A failed creation is not kept: the next command may find the folder mended.
    private static readonly Lazy<IRestoreEngine> Engine = new(Create, LazyThreadSafetyMode.PublicationOnly);
    private static readonly object CreateLock = new();
    private static IRestoreEngine? s_created;

    /// <summary>The engine, for a cmdlet.</summary>
    public static IRestoreEngine For(PSCmdlet cmdlet)
    {
        RefuseOtherVersion(cmdlet);
        return Engine.Value;
    }

    // PowerShell says nothing when a second version of a binary module is imported: the first one's cmdlets go on to answer.
    private static void RefuseOtherVersion(PSCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.MyCommand.Module is not { } own)
            return;
        PSModuleInfo? other = cmdlet.InvokeCommand.InvokeScript("Microsoft.PowerShell.Core\\Get-Module -Name ScalarRestore")
            .Select(o => o.BaseObject)
            .OfType<PSModuleInfo>()
            .FirstOrDefault(m => m.Version != own.Version);
        if (other is null)
            return;
        throw new RestoreException(
            "ModuleVersionConflict",
            FaultCategory.InvalidOperation,
            $"ScalarRestore {other.Version} was imported, but this session answers with version {own.Version} from '{own.Path}', which it loaded before.",
            other.Path,
            "Start a new PowerShell session; one session can hold one version.");
    }

    private static IRestoreEngine Create()
    {
        // PublicationOnly lets two runspaces in at once; the lock keeps the load context single.
        lock (CreateLock)
            return s_created ??= CreateEngine();
    }

    private static IRestoreEngine CreateEngine()
    {
        string folder = Path.GetDirectoryName(typeof(EngineHost).Assembly.Location)!;
        string enginePath = Path.Combine(folder, "engine", "ScalarRestore.Engine.dll");
        if (!File.Exists(enginePath))
            throw Unusable($"The engine is not where it belongs: '{enginePath}' does not exist.", enginePath, null);
        try
        {
            Assembly assembly = new EngineContext(enginePath).LoadFromAssemblyPath(enginePath);
            Type type = assembly.GetType(EngineType, throwOnError: true)!;
            return (IRestoreEngine)Activator.CreateInstance(type)!;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or MissingMethodException or InvalidCastException)
        {
            throw Unusable($"The engine '{enginePath}' does not fit this module: {e.Message}", enginePath, e);
        }
    }

    private static RestoreException Unusable(string message, string path, Exception? cause) => new(
        "EngineUnusable",
        FaultCategory.ObjectNotFound,
        message,
        path,
        "Install the module again, or build it with ./build.ps1 -Task Build.",
        cause);
}
