using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>What a container would have printed: that it started, what it read, and how it ended. No secret's content.</summary>
internal sealed class PodLogs(ObjectStore store, PodRegister register)
{
    public string Read(HttpRequest request, RequestTarget target)
    {
        lock (store.Gate)
        {
            var pod = store.Find(BuiltInTypes.Pods, target.Namespace, target.Name) ?? throw ApiException.NotFound(BuiltInTypes.Pods, target.Name);
            var containers = pod.ItemsAt("spec", "containers").Select(item => item.TextAt("name") ?? "").ToList();
            string? asked = request.Query["container"];
            if (string.IsNullOrEmpty(asked) && containers.Count > 1)
            {
                throw ApiException.BadRequest(
                    $"a container name must be specified for pod {target.Name}, choose one of: [{string.Join(' ', containers)}]");
            }

            var container = string.IsNullOrEmpty(asked) ? containers[0] : asked;
            if (!containers.Contains(container, StringComparer.Ordinal))
            {
                throw ApiException.BadRequest($"container {container} is not valid for pod {target.Name}");
            }

            if (register.Find(pod.Uid()) is not { At: not PodRun.Stage.Starting } run)
            {
                throw ApiException.BadRequest($"container \"{container}\" in pod \"{target.Name}\" is waiting to start: ContainerCreating");
            }

            return Format(request, Lines(pod, run, container));
        }
    }

    private static IEnumerable<string> Lines(JsonObject pod, PodRun run, string container)
    {
        yield return $"{container} starting (restart {run.Restarts.ToString(CultureInfo.InvariantCulture)})";
        foreach (var mount in run.Mounts.OfType<JsonObject>())
        {
            yield return $"read {mount.TextAt("kind")} {mount.TextAt("name")} at resource version {mount.TextAt("resourceVersion")}";
        }

        yield return (run.At, pod.TextAt("status", "phase")) switch
        {
            (PodRun.Stage.BackingOff, _) or (_, "Failed") => "ERROR: cannot reach the database",
            (_, "Succeeded") => "finished successfully",
            _ => "started",
        };
    }

    private static string Format(HttpRequest request, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (int.TryParse(request.Query["tailLines"], NumberStyles.None, CultureInfo.InvariantCulture, out var tail))
        {
            all = [.. all.TakeLast(tail)];
        }

        var text = new StringBuilder();
        foreach (var line in all)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
