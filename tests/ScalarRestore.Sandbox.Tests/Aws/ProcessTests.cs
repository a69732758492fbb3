using System.Diagnostics;
using System.Globalization;
using ScalarRestore.Testing;
using Xunit;

namespace ScalarRestore.Sandbox.Tests.Aws;

/// <summary>The sandbox as a process.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Ends_cleanly_when_told_to()
    {
        await using var sandbox = await SandboxProcess.StartAsync();
        Assert.Equal(sandbox.ProcessId, (int)sandbox.Ready["pid"]!);
        Assert.Equal(0, await sandbox.StopAsync());
    }

    [Fact]
    public async Task Ends_with_its_parent()
    {
        using var parent = Process.Start(new ProcessStartInfo("sleep", ["600"]) { UseShellExecute = false })!;
        using var sandbox = Process.Start(
            new ProcessStartInfo(
            "dotnet", ["exec", TestPaths.SandboxAssembly, "--parent-pid", parent.Id.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        Assert.Contains("\"ready\":true", await sandbox.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        parent.Kill();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await sandbox.WaitForExitAsync(patience.Token);
        Assert.Equal(0, sandbox.ExitCode);
    }

    [Fact]
    public async Task Takes_presets_and_patches_and_refuses_misspelt_settings()
    {
        await using var sandbox = await SandboxProcess.StartAsync("--settings", "realistic", "--time-scale", "600");
        var settings = await sandbox.Control.GetAsync("settings");
        Assert.Equal(300, (double)settings["dynamodb"]!["latestRestorableLagSeconds"]!);
        Assert.Equal(1500, (double)settings["dynamodb"]!["restoreSeconds"]!["median"]!);
        await sandbox.Control.PatchSettingsAsync("""{"dynamodb":{"restoreSeconds":{"min":1,"max":2},"limits":{"callRates":{"Scan":3}}}}""");
        settings = await sandbox.Control.GetAsync("settings");
        Assert.Equal("""{"min":1,"max":2}""", settings["dynamodb"]!["restoreSeconds"]!.ToJsonString());
        Assert.Equal(3, (double)settings["dynamodb"]!["limits"]!["callRates"]!["Scan"]!);
        Assert.Equal(5, (double)settings["dynamodb"]!["limits"]!["callRates"]!["ListBackups"]!);
        await Assert.ThrowsAsync<InvalidOperationException>(() => sandbox.Control.PatchSettingsAsync("""{"dynamodb":{"restoreSecond":1}}"""));
    }

    [Fact]
    public async Task Refuses_unknown_options()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => SandboxProcess.StartAsync("--nonsense", "1"));
        Assert.Contains("'--nonsense' is not an option", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_its_clock_at_the_scale_asked_for()
    {
        await using var sandbox = await SandboxProcess.StartAsync("--time-scale", "100");
        var first = await sandbox.Clock.AskAsync();
        await Task.Delay(200);
        Assert.InRange((await sandbox.Clock.AskAsync() - first).TotalSeconds, 19, 6000);
        var before = sandbox.Clock.Now;
        var asked = await sandbox.Clock.AskAsync();
        Assert.InRange(asked, before.AddSeconds(-5), sandbox.Clock.Now.AddSeconds(5));
    }
}
