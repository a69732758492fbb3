using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Hosting;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>The one node: starts, restarts, ends and stops pods in their time.</summary>
internal sealed class Kubelet(ObjectStore store, PodRegister register, EventRecorder events, Func<KubernetesSettings> settings) : IController
{
    public const string NodeName = "sandbox-node";
    private const string Component = "kubelet";

    private int _addresses;
    private DateTimeOffset? _wake;

    public DateTimeOffset? Step(DateTimeOffset now)
    {
        _wake = null;
        register.Forget();
        foreach (var pod in store.List(BuiltInTypes.Pods).ToList())
        {
            var run = register.Find(pod.Uid()) ?? Schedule(pod, now);
            if (store.Find(BuiltInTypes.Pods, pod.Namespace(), pod.Name()) is { } present)
            {
                Step(present, run, now);
            }
        }

        return _wake;
    }

    private static bool IsJob(JsonObject pod) => pod.TextAt("spec", "restartPolicy") != "Always";

    private void Step(JsonObject pod, PodRun run, DateTimeOffset now)
    {
        var behaviour = register.BehaviourOf(run.Namespace, run.Name);
        if (pod.IsTerminating())
        {
            Stop(pod, run, behaviour, now);
            return;
        }

        switch (run.At)
        {
            case PodRun.Stage.Starting:
                if (IsDue(run.Since.AddSeconds(settings().PodStartSeconds), now))
                {
                    Start(pod, run, behaviour, now);
                }

                break;
            case PodRun.Stage.Running when IsJob(pod):
                if (behaviour != PodBehaviour.NeverReady && IsDue(run.Since.AddSeconds(settings().JobSeconds), now))
                {
                    End(pod, run, behaviour == PodBehaviour.CrashLoop ? "Failed" : "Succeeded", now);
                }

                break;
            case PodRun.Stage.Running when behaviour == PodBehaviour.CrashLoop:
                if (IsDue(run.Since.AddSeconds(settings().CrashAfterSeconds), now))
                {
                    Crash(pod, run, now);
                }

                break;
            case PodRun.Stage.Running when pod.Condition("Ready") == "True" == (behaviour == PodBehaviour.NeverReady):
                Write(pod, run, behaviour, now);
                break;
            case PodRun.Stage.BackingOff:
                if (behaviour != PodBehaviour.CrashLoop || IsDue(run.Since + BackOff(run.Restarts), now))
                {
                    Start(pod, run, behaviour, now);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Whether an instant has come; if not, the kubelet is woken at it.</summary>
    private bool IsDue(DateTimeOffset instant, DateTimeOffset now)
    {
        if (now >= instant)
        {
            return true;
        }

        _wake = _wake is null || instant < _wake ? instant : _wake;
        return false;
    }

    private TimeSpan BackOff(int restarts) => TimeSpan.FromSeconds(Math.Min(
        settings().CrashBackOffLimitSeconds,
        settings().CrashBackOffSeconds * Math.Pow(2, Math.Min(restarts, 20))));

    private PodRun Schedule(JsonObject pod, DateTimeOffset now)
    {
        var labels = (pod.MapAt("metadata", "labels") ?? []).ToDictionary(label => label.Key, label => label.Value.Text() ?? "", StringComparer.Ordinal);
        var run = new PodRun(pod.Namespace(), pod.Name(), labels) { Since = now, ScheduledAt = now };
        register.Add(pod.Uid(), run);
        store.Edit(BuiltInTypes.Pods, pod, copy =>
        {
            copy.Ensure("spec")["nodeName"] = NodeName;
            PodStatus.Write(copy, run, ready: false, waiting: null, phase: null, now);
        });
        return run;
    }

    private void Start(JsonObject pod, PodRun run, PodBehaviour behaviour, DateTimeOffset now)
    {
        var (read, waiting, missing) = PodMounts.Read(store, pod);
        if (waiting is not null)
        {
            // Looked at again at the next change; the missing object's arrival is one.
            store.Edit(BuiltInTypes.Pods, pod, copy => PodStatus.Write(copy, run, ready: false, waiting, phase: null, now));
            events.Warning(pod, Component, waiting == "ContainerCreating" ? "FailedMount" : "Failed", $"Error: {missing}");
            return;
        }

        if (run.Ip.Length == 0)
        {
            _addresses++;
            run.Ip = string.Create(CultureInfo.InvariantCulture, $"10.244.{_addresses / 250}.{(_addresses % 250) + 2}");
        }

        run.Restarts += run.At == PodRun.Stage.BackingOff ? 1 : 0;
        run.At = PodRun.Stage.Running;
        run.Since = now;
        run.Mounts = read;
        Write(pod, run, behaviour, now, copy => PodMounts.Annotate(copy, read));
        events.Normal(pod, Component, "Started", "Started container");

        // What ends by itself must be looked at again.
        if (IsJob(pod))
        {
            IsDue(now.AddSeconds(settings().JobSeconds), now);
        }
        else if (behaviour == PodBehaviour.CrashLoop)
        {
            IsDue(now.AddSeconds(settings().CrashAfterSeconds), now);
        }
    }

    private void Crash(JsonObject pod, PodRun run, DateTimeOffset now)
    {
        run.At = PodRun.Stage.BackingOff;
        run.Since = now;
        run.CrashedAt = now;
        store.Edit(BuiltInTypes.Pods, pod, copy => PodStatus.Write(copy, run, ready: false, "CrashLoopBackOff", phase: null, now));
        events.Warning(pod, Component, "BackOff", "Back-off restarting failed container");
        IsDue(now + BackOff(run.Restarts), now);
    }

    private void End(JsonObject pod, PodRun run, string phase, DateTimeOffset now)
    {
        run.At = PodRun.Stage.Ended;
        store.Edit(BuiltInTypes.Pods, pod, copy => PodStatus.Write(copy, run, ready: false, waiting: null, phase, now));
    }

    private void Write(JsonObject pod, PodRun run, PodBehaviour behaviour, DateTimeOffset now, Action<JsonObject>? also = null) =>
        store.Edit(BuiltInTypes.Pods, pod, copy =>
        {
            PodStatus.Write(copy, run, behaviour != PodBehaviour.NeverReady, waiting: null, phase: null, now);
            also?.Invoke(copy);
        });

    private void Stop(JsonObject pod, PodRun run, PodBehaviour behaviour, DateTimeOffset now)
    {
        if (run.StoppingSince is null)
        {
            run.StoppingSince = now;
            events.Normal(pod, Component, "Killing", "Stopping container");
        }

        var grace = pod.NumberAt("metadata", "deletionGracePeriodSeconds") ?? 30;
        var needed = run.At == PodRun.Stage.Running ? Math.Min(settings().PodStopSeconds, grace) : 0;
        if (behaviour == PodBehaviour.NeverTerminate || !IsDue(run.StoppingSince.Value.AddSeconds(needed), now))
        {
            return;
        }

        run.At = PodRun.Stage.Ended;
        if (!pod.HasFinalizers())
        {
            register.Remove(pod.Uid());
            store.Remove(BuiltInTypes.Pods, pod);
            return;
        }

        store.Edit(BuiltInTypes.Pods, pod, copy =>
        {
            PodStatus.Write(copy, run, ready: false, waiting: null, "Failed", run.StoppingSince.Value);
            copy.Metadata()["deletionGracePeriodSeconds"] = 0;
        });
    }
}
