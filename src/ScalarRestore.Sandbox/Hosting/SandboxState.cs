namespace ScalarRestore.Sandbox.Hosting;

/// <summary>What all parts of the sandbox share.</summary>
internal sealed class SandboxState
{
    public SandboxState(SandboxOptions options)
    {
        Options = options;
        var origin = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        Clock = new SandboxClock(origin, options.TimeScale, TimeProvider.System);
        Settings = new SettingsStore(SettingsStore.Load(options.Settings));
        Faults = new FaultPlan(options.Seed);
        if (options.FaultsPath is { } path)
            Faults.Load(File.ReadAllText(path));

        Pipeline = new CallPipeline(Clock, Faults, Calls, KillTarget);
    }

    public SandboxOptions Options { get; }

    public SandboxClock Clock { get; }

    public SettingsStore Settings { get; }

    public FaultPlan Faults { get; }

    public CallLog Calls { get; } = new();

    public KillTarget KillTarget { get; } = new();

    public CallPipeline Pipeline { get; }
}
