using ScalarRestore.Sandbox.Aws.Rds.Model;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws.Rds;

/// <summary>How databases come, change and go as time passes.</summary>
internal static class RdsLifecycle
{
    /// <summary>Adds an instance that stands for itself. It leaves its first "available" once more by itself, as real ones do.</summary>
    public static void Start(RdsRegion region, DbInstance instance, DateTimeOffset now, ServiceTime creating, string? failure)
    {
        region.Instances.Add(instance.Id, instance);
        var settings = region.Settings;
        var isRestore = instance.RestoredFrom is not null;
        var createdAt = now + region.Draw(creating, isRestore ? "restore-instance" : "create-instance", instance.Origin);
        var backedUpAt = createdAt;
        if (instance.BackupRetentionPeriod > 0)
            backedUpAt += Draw(region, settings.BackupSeconds, "backup", instance);


        var availableAt = backedUpAt + Draw(region, settings.SettleSeconds, "settle", instance);
        Later(region, instance, createdAt, () =>
        {
            if (failure is not null)
            {
                Fail(region, instance, createdAt, failure);
                return;
            }

            instance.HasEndpoint = true;
            instance.Status = backedUpAt > createdAt ? "backing-up" : "modifying";
            TellOfBirth(region, instance, createdAt, "DB instance created");
        });
        Later(region, instance, backedUpAt, () =>
        {
            if (instance.BackupRetentionPeriod > 0)
            {
                instance.RestorableFrom = NextSecond(backedUpAt);
                region.Tell(instance, backedUpAt, "backup", "Finished DB Instance backup");
            }

            instance.Status = "modifying";
        });
        var flipAfter = Draw(region, settings.FlipAfterSeconds, "flip-after", instance);
        var flip = Draw(region, settings.FlipSeconds, "flip", instance);
        Later(region, instance, availableAt, () =>
        {
            Open(region, instance);
            AfterWork(region, instance, availableAt, at =>
            {
                MakeAvailable(region, instance, at);
                if (flip == TimeSpan.Zero)
                    return;

                Later(region, instance, at + flipAfter, () =>
                {
                    if (!instance.IsAvailable)
                        return;

                    instance.Status = "backing-up";
                    Later(region, instance, at + flipAfter + flip, () => MakeAvailable(region, instance, at + flipAfter + flip));
                });
            });
        });
    }

    /// <summary>Has a database made by what stands behind the endpoint: empty, or out of another.</summary>
    public static void Make(RdsRegion region, RdsDatabase database, RdsDatabase? source = null)
    {
        if (region.Backend is not { } backend)
            return;

        var identity = region.Identity(database);
        database.Address = backend.Address(identity);
        database.Work = source is null
            ? backend.CreateAsync(identity)
            : backend.RestoreAsync(region.Identity(source), identity, database.RestoredFrom!.AsOf);
    }

    /// <summary>Adds a member of a cluster; the first one is the writer.</summary>
    public static void StartMember(RdsRegion region, DbInstance member, DateTimeOffset createdAt, string? failure)
    {
        region.Instances.Add(member.Id, member);
        var cluster = member.Cluster!;
        cluster.Members.Add(member);
        Later(region, member, createdAt, () =>
        {
            if (failure is not null)
            {
                Fail(region, member, createdAt, failure);
                return;
            }

            member.HasEndpoint = true;
            region.Tell(member, createdAt, "creation", "DB instance created");
            if (!cluster.IsReachable)
                Open(region, cluster);

            AfterWork(region, member, createdAt, at => MakeAvailable(region, member, at));
        });
    }

    /// <summary>Adds a cluster that is available at an instant.</summary>
    public static void Start(RdsRegion region, DbCluster cluster, DateTimeOffset availableAt, string? failure)
    {
        region.Clusters.Add(cluster.Id, cluster);
        Later(region, cluster, availableAt, () =>
        {
            if (failure is not null)
            {
                Fail(region, cluster, availableAt, failure);
                return;
            }

            AfterWork(region, cluster, availableAt, at =>
            {
                cluster.RestorableFrom = NextSecond(at);
                TellOfBirth(region, cluster, at, "DB cluster created");
                MakeAvailable(region, cluster, at);
            });
        });
    }

    /// <summary>Takes on changes. They are pending for a moment, with the status as it was.</summary>
    public static void Change(RdsRegion region, RdsDatabase database, DateTimeOffset now, IReadOnlyList<PendingChange> changes)
    {
        foreach (var change in changes)
        {
            // Of two changes of the same thing the later one counts.
            database.Pending.RemoveAll(p => p.Name == change.Name);
            database.Pending.Add(change);
        }

        var at = now + Draw(region, region.Settings.ModifyDelaySeconds, "modify-delay", database);
        Later(region, database, at, () => Begin(region, database, at));
    }

    /// <summary>Has an instance rebooting for a while.</summary>
    public static void Reboot(RdsRegion region, DbInstance instance, DateTimeOffset now)
    {
        instance.Status = "rebooting";
        var doneAt = now + Draw(region, region.Settings.RebootSeconds, "reboot", instance);
        Later(region, instance, doneAt, () =>
        {
            instance.ParameterStatus = "in-sync";
            instance.ClusterParameterStatus = "in-sync";
            region.Tell(instance, doneAt, "availability", "DB instance restarted");
            MakeAvailable(region, instance, doneAt);
        });
    }

    public static void Delete(RdsRegion region, DbInstance instance, DateTimeOffset now, bool keepBackups)
    {
        instance.Status = "deleting";
        var goneAt = now + Draw(region, region.Settings.DeleteSeconds, "delete", instance);
        region.Timeline.At(goneAt, () => Remove(region, instance, goneAt, keepBackups));
    }

    /// <summary>Deletes a cluster, and with a Multi-AZ one its members.</summary>
    public static void Delete(RdsRegion region, DbCluster cluster, DateTimeOffset now)
    {
        cluster.Status = "deleting";
        foreach (var member in cluster.Members)
            member.Status = "deleting";

        var goneAt = now + Draw(region, region.Settings.DeleteSeconds, "delete", cluster);
        region.Timeline.At(goneAt, () =>
        {
            foreach (var member in cluster.Members.ToArray())
                Remove(region, member, goneAt, keepBackups: false);

            foreach (var endpoint in region.Endpoints.Values.Where(e => e.Cluster == cluster).ToArray())
                region.Endpoints.Remove(endpoint.Id);

            region.Clusters.Remove(cluster.Id);
            region.Tell(cluster, goneAt, "deletion", "DB cluster deleted");
            region.Backend?.Delete(region.Identity(cluster), keepBackups: false);
        });
    }

    /// <summary>Begins to manage the master password: with a secret that no database had before.</summary>
    public static void ManagePassword(RdsRegion region, RdsDatabase database, DateTimeOffset now, string? keyId)
    {
        var kind = database is DbCluster ? "cluster" : "db";
        var name = $"rds!{kind}-{region.NewText(26).ToLowerInvariant()}-{region.NewText(6)}";
        var arn = $"arn:aws:secretsmanager:{region.Region}:{region.Account}:secret:{name}";
        var secret = new MasterSecret(
            arn, keyId is null ? region.SecretsKey : region.RequireKey(keyId));
        database.Secret = secret;
        database.MasterPassword = null;
        region.Timeline.At(
            now + Draw(region, region.Settings.SecretSeconds, "secret", database), () => secret.Status = "active");
    }

    /// <summary>Does something later, unless the database is going or dead by then.</summary>
    public static void Later(RdsRegion region, RdsDatabase database, DateTimeOffset at, Action action) => region.Timeline.At(at, () =>
    {
        if (database.Status != "deleting" && !RdsFailures.IsDead(database.Status))
            action();
    });

    /// <summary>Gives a database whose identifier or port has changed its endpoint.</summary>
    public static void Reopen(RdsRegion region, RdsDatabase database, string oldIdentifier)
    {
        if (region.Backend is not { } backend)
            return;

        var identity = region.Identity(database);
        if (oldIdentifier != database.Id)
            backend.Rename(identity, oldIdentifier);

        database.Address = backend.Address(identity);
        if (database.IsReachable)
            Open(region, database);
    }

    /// <summary>Gives a database its new master password.</summary>
    public static void ChangePassword(RdsRegion region, RdsDatabase database)
    {
        if (region.Backend is { } backend)
            database.Work = backend.ChangePasswordAsync(region.Identity(database));
    }

    private static void Begin(RdsRegion region, RdsDatabase database, DateTimeOffset at)
    {
        // What comes in the meantime is begun when the database is available again.
        if (!database.IsAvailable || database.IsChanging || !database.Pending.Exists(p => p.IsImmediate))
            return;

        database.IsChanging = true;
        var steps = database.Pending.Where(p => p.IsImmediate).GroupBy(p => p.Status, StringComparer.Ordinal)
            .OrderBy(g => g.Key == "renaming").ToArray();
        foreach (var step in steps)
        {
            var time = step.Key == "renaming" ? region.Settings.RenameSeconds : region.Settings.ModifySeconds;
            var doneAt = at + Draw(region, time, step.Key, database);
            Later(region, database, at, () => database.Status = step.Key);
            Later(region, database, doneAt, () =>
            {
                foreach (var change in step)
                {
                    change.Apply(doneAt);
                    database.Pending.Remove(change);
                }
            });
            at = doneAt;
        }

        database.Status = steps[0].Key;
        var isStorage = database is DbInstance && steps.Any(s => s.Any(c => c.Name is "AllocatedStorage" or "StorageType"));
        var optimization = Draw(region, region.Settings.ModifySeconds, "storage-optimization", database);
        Later(region, database, at, () => AfterWork(region, database, at, End));

        void End(DateTimeOffset endedAt)
        {
            database.IsChanging = false;
            if (!isStorage)
            {
                MakeAvailable(region, database, endedAt);
                return;
            }

            // Good to use, and it takes further modifications.
            database.Status = "storage-optimization";
            Later(region, database, endedAt + optimization, () =>
            {
                if (database.Status == "storage-optimization")
                    MakeAvailable(region, database, endedAt + optimization);
            });
            Begin(region, database, endedAt);
        }
    }

    private static void MakeAvailable(RdsRegion region, RdsDatabase database, DateTimeOffset at)
    {
        database.Status = "available";
        Begin(region, database, at);
    }

    private static void Open(RdsRegion region, RdsDatabase database)
    {
        database.IsReachable = true;
        if (region.Backend is { } backend)
            database.Work = backend.OpenAsync(region.Identity(database));
    }

    // Goes on when what stands behind the endpoint is where AWS is; at once if it is already.
    private static void AfterWork(RdsRegion region, RdsDatabase database, DateTimeOffset at, Action<DateTimeOffset> action)
    {
        var work = ((database as DbInstance)?.Cluster ?? database).Work;
        if (work.IsCompletedSuccessfully)
        {
            action(at);
            return;
        }

        region.After(work, doneAt =>
        {
            if (database.Status == "deleting" || RdsFailures.IsDead(database.Status))
                return;

            if (work.IsCompletedSuccessfully)
                action(doneAt);
            else
                Fail(region, database, doneAt, database.RestoredFrom is null ? "failed" : "restore-error");
        });
    }

    private static void Fail(RdsRegion region, RdsDatabase database, DateTimeOffset at, string status)
    {
        database.Status = status;
        region.Tell(database, at, "failure", RdsFailures.Message(database, status));
    }

    private static void TellOfBirth(RdsRegion region, RdsDatabase database, DateTimeOffset at, string message)
    {
        var kind = database is DbCluster ? "DB cluster" : "DB instance";
        if (database.RestoredFrom is { } origin)
            region.Tell(database, at, "restoration", $"Restored from {kind} {origin.Source} to {database.Id}");
        else
            region.Tell(database, at, "creation", message);
    }

    private static void Remove(RdsRegion region, DbInstance instance, DateTimeOffset at, bool keepBackups)
    {
        region.Instances.Remove(instance.Id);
        region.Tell(instance, at, "deletion", "DB instance deleted");
        if (instance.Cluster is { } cluster)
        {
            var wasWriter = cluster.Members.IndexOf(instance) == 0;
            cluster.Members.Remove(instance);
            if (wasWriter && cluster.Members.MinBy(m => m.PromotionTier) is { } next)
            {
                cluster.Members.Remove(next);
                cluster.Members.Insert(0, next);
                region.Tell(cluster, at, "failover", $"Completed failover to DB instance: {next.Id}");
            }

            return;
        }

        region.Backend?.Delete(region.Identity(instance), keepBackups && instance.RestorableFrom is not null);
        if (keepBackups && instance.RestorableFrom is not null)
        {
            instance.RetainedSince = at;
            region.Retained[instance.ResourceId] = instance;
        }
    }

    private static TimeSpan Draw(RdsRegion region, ServiceTime time, string kind, RdsDatabase database) =>
        region.Draw(time, kind, database.Id);

    // A window begins at a whole second, so that a client that cuts fractions off still asks for a time inside it.
    private static DateTimeOffset NextSecond(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeSeconds((instant.ToUnixTimeMilliseconds() + 999) / 1000);
}
