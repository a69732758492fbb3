using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Writes a pod's status from what its node knows.</summary>
internal static class PodStatus
{
    /// <summary>Writes the status anew; conditions keep their times.</summary>
    /// <param name="pod">The object to write into.</param>
    /// <param name="run">What the node knows.</param>
    /// <param name="ready">Whether a running container counts as ready.</param>
    /// <param name="waiting">Why the container does not run.</param>
    /// <param name="phase">The phase of a pod that has ended.</param>
    /// <param name="now">The present instant.</param>
    public static void Write(JsonObject pod, PodRun run, bool ready, string? waiting, string? phase, DateTimeOffset now)
    {
        var status = pod.Ensure("status");
        status["phase"] = phase ?? (run.At == PodRun.Stage.Starting ? "Pending" : "Running");
        status["hostIP"] = "127.0.0.1";
        if (run.Ip.Length > 0)
        {
            status["podIP"] = run.Ip;
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = run.Ip });
        }

        status.SetDefault("startTime", run.ScheduledAt.Stamp());
        var running = run.At == PodRun.Stage.Running;
        status.SetCondition("Initialized", true, null, null, now);
        var reason = phase switch { "Succeeded" => "PodCompleted", "Failed" => "PodFailed", _ => "ContainersNotReady" };
        var isReady = running && ready;
        status.SetCondition("Ready", isReady, isReady ? null : reason, null, now);
        status.SetCondition("ContainersReady", isReady, isReady ? null : reason, null, now);
        status.SetCondition("PodScheduled", true, null, null, now);

        JsonArray containers = [];
        foreach (var container in pod.ItemsAt("spec", "containers"))
        {
            containers.Add(Container(container, pod, run, isReady, waiting, phase, now));
        }

        status["containerStatuses"] = containers;
    }

    private static JsonObject Container(JsonObject container, JsonObject pod, PodRun run, bool ready, string? waiting, string? phase, DateTimeOffset now)
    {
        var id = $"sandbox://{pod.Uid()}/{container.TextAt("name")}/{run.Restarts.ToString(CultureInfo.InvariantCulture)}";
        var status = new JsonObject
        {
            ["name"] = container.TextAt("name"),
            ["image"] = container.TextAt("image"),
            ["imageID"] = "",
            ["ready"] = ready,
            ["started"] = run.At == PodRun.Stage.Running,
            ["restartCount"] = run.Restarts,
            ["lastState"] = new JsonObject(),
        };
        if (run.At != PodRun.Stage.Starting)
        {
            status["containerID"] = id;
        }

        if (run.CrashedAt is { } crashed && phase is null)
        {
            status["lastState"] = new JsonObject { ["terminated"] = Terminated(1, "Error", crashed, crashed) };
        }

        status["state"] = phase is not null
            ? new JsonObject { ["terminated"] = Terminated(phase == "Succeeded" ? 0 : 1, phase == "Succeeded" ? "Completed" : "Error", run.Since, now) }
            : run.At == PodRun.Stage.Running
                ? new JsonObject { ["running"] = new JsonObject { ["startedAt"] = run.Since.Stamp() } }
                : new JsonObject { ["waiting"] = new JsonObject { ["reason"] = waiting ?? "ContainerCreating" } };
        return status;
    }

    private static JsonObject Terminated(int code, string reason, DateTimeOffset from, DateTimeOffset to) => new()
    {
        ["exitCode"] = code,
        ["reason"] = reason,
        ["startedAt"] = from.Stamp(),
        ["finishedAt"] = to.Stamp(),
    };
}
