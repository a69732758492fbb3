using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Api;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Runs a Job's pods until enough have succeeded or too many have failed.</summary>
internal sealed class JobController(ObjectStore store, ObjectWriter writer, PodFactory factory, EventRecorder events) : IController
{
    private const string Component = "job-controller";

    public DateTimeOffset? Step(DateTimeOffset now)
    {
        var pods = Ownership.ByController(store, BuiltInTypes.Pods);
        DateTimeOffset? wake = null;
        foreach (var job in store.List(BuiltInTypes.Jobs).ToList())
        {
            if (IsFinished(job))
            {
                var end = RemovalTime(job);
                if (end <= now)
                {
                    writer.Delete(BuiltInTypes.Jobs, job, new DeleteOptions("Background"));
                }
                else if (end is not null && (wake is null || end < wake))
                {
                    wake = end;
                }
            }
            else if (!job.IsTerminating())
            {
                Reconcile(job, Ownership.Of(job, store, BuiltInTypes.Pods, pods), now);
            }
        }

        return wake;
    }

    private static bool IsFinished(JsonObject job) => job.Condition("Complete") == "True" || job.Condition("Failed") == "True";

    private static DateTimeOffset? RemovalTime(JsonObject job)
    {
        if (job.NumberAt("spec", "ttlSecondsAfterFinished") is not { } seconds)
        {
            return null;
        }

        var end = job.ItemsAt("status", "conditions").Select(condition => condition.TimeAt("lastTransitionTime")).Max();
        return end?.AddSeconds(seconds);
    }

    private void Reconcile(JsonObject job, IReadOnlyList<JsonObject> pods, DateTimeOffset now)
    {
        var succeeded = pods.Count(pod => pod.TextAt("status", "phase") == "Succeeded");
        var failed = pods.Count(pod => pod.TextAt("status", "phase") == "Failed");
        var active = pods.Where(pod => !pod.IsTerminating() && pod.TextAt("status", "phase") is not "Succeeded" and not "Failed").ToList();
        var wanted = job.NumberAt("spec", "completions") ?? 1;
        var tooMany = failed > (job.NumberAt("spec", "backoffLimit") ?? 6);
        var done = succeeded >= wanted;
        if (done || tooMany || job.FlagAt("spec", "suspend"))
        {
            foreach (var pod in active)
            {
                writer.Delete(BuiltInTypes.Pods, pod, new DeleteOptions());
            }

            active.Clear();
        }
        else
        {
            var room = Math.Min(job.NumberAt("spec", "parallelism") ?? 1, wanted - succeeded) - active.Count;
            for (; room > 0 && factory.Create(job, $"{job.Name()}-", Component) is { } pod; room--)
            {
                events.Normal(job, Component, "SuccessfulCreate", $"Created pod: {pod.Name()}");
                active.Add(pod);
            }
        }

        store.Edit(BuiltInTypes.Jobs, job, copy =>
        {
            var status = copy.Ensure("status");
            status.SetDefault("startTime", now.Stamp());
            foreach (var (name, count) in new[] { ("active", active.Count), ("succeeded", succeeded), ("failed", failed) })
            {
                status.Remove(name);
                if (count > 0)
                {
                    status[name] = count;
                }
            }

            status["ready"] = active.Count(pod => pod.Condition("Ready") == "True");
            if (done)
            {
                status["completionTime"] = now.Stamp();
                status.SetCondition("Complete", true, reason: null, message: null, now);
            }
            else if (tooMany)
            {
                status.SetCondition("Failed", true, "BackoffLimitExceeded", "Job has reached the specified backoff limit", now);
            }
        });
        if (done)
        {
            events.Normal(job, Component, "Completed", "Job completed");
        }
        else if (tooMany)
        {
            events.Warning(job, Component, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }
    }
}
