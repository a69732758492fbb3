using System.Globalization;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>What the command line asked for. Ports of 0 are chosen by the system.</summary>
internal sealed record SandboxOptions
{
    /// <summary>Where the kubeconfigs and certificates are written; a fresh temporary folder unless told.</summary>
    public string Folder { get => field ??= Directory.CreateTempSubdirectory("scalar-sandbox-").FullName; init; }

    /// <summary>Whether the folder is the sandbox's own, and goes with it.</summary>
    public bool OwnsFolder { get; init; } = true;

    public int KubernetesPort { get; init; }

    public int AwsPort { get; init; }

    public int ArmPort { get; init; }

    public int IdentityPort { get; init; }

    public int ControlPort { get; init; }

    /// <summary>Sandbox seconds per real second.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>A JSON file of service times and limits (see <see cref="ServiceSettings"/>), or the name of a preset:
    /// <c>realistic</c>.</summary>
    public string? Settings { get; init; }

    /// <summary>A JSON file with the fault plan to begin with.</summary>
    public string? FaultsPath { get; init; }

    /// <summary>Seeds every random draw, so that a run can be repeated.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>End when this process ends, so that a killed test leaves no sandbox behind.</summary>
    public int? ParentProcessId { get; init; }

    /// <summary>The folder of PostgreSQL's programs, or <c>auto</c> to look for them and go on without where there are none. With them a
    /// real server answers for every instance and cluster of PostgreSQL.</summary>
    public string? Postgres { get; init; }

    public static SandboxOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SandboxOptions();
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 >= args.Count)
            {
                throw new ArgumentException($"'{args[i]}' needs a value.");
            }

            var value = args[i + 1];
            options = args[i] switch
            {
                "--folder" => options with { Folder = Directory.CreateDirectory(value).FullName, OwnsFolder = false },
                "--kubernetes-port" => options with { KubernetesPort = Number(value) },
                "--aws-port" => options with { AwsPort = Number(value) },
                "--arm-port" => options with { ArmPort = Number(value) },
                "--identity-port" => options with { IdentityPort = Number(value) },
                "--control-port" => options with { ControlPort = Number(value) },
                "--time-scale" => options with { TimeScale = double.Parse(value, CultureInfo.InvariantCulture) },
                "--settings" => options with { Settings = value },
                "--faults" => options with { FaultsPath = value },
                "--seed" => options with { Seed = Number(value) },
                "--postgres" => options with { Postgres = value },
                "--parent-pid" => options with { ParentProcessId = Number(value) },
                _ => throw new ArgumentException($"'{args[i]}' is not an option of the sandbox."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
