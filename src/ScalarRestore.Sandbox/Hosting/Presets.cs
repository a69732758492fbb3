namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Settings built in by name.</summary>
internal static class Presets
{
    // Times as AWS and its users report them: a restore takes at least 20 minutes, mostly well under an hour, whatever the size. What makes one
    // slow (skew of the partitions, indexes) belongs to the table, so that restoring the same content again takes about as long; that it is four
    // fifths of the spread is assumed.
    private const string Realistic = """
        {
          "kubernetes": { "podStartSeconds": 20, "podStopSeconds": 10, "jobSeconds": 20, "controllerSeconds": 0.5 },
          "dynamodb": {
            "createTableSeconds": { "min": 5, "max": 15 },
            "deleteTableSeconds": { "min": 5, "max": 20 },
            "nameReleaseSeconds": { "min": 0, "max": 10 },
            "restoreSeconds": { "median": 1500, "sigma": 0.35, "min": 1200, "max": 7200, "ofTable": 0.8 },
            "restoreBackupSeconds": { "median": 1500, "sigma": 0.35, "min": 1200, "max": 7200, "ofTable": 0.8 },
            "backupSeconds": { "median": 30, "sigma": 0.5, "min": 5, "max": 300 },
            "updateTableSeconds": { "min": 5, "max": 30 },
            "indexExtraSeconds": { "min": 5, "max": 60 },
            "latestRestorableLagSeconds": 300,
            "pitrEnableSeconds": { "min": 1, "max": 10 },
            "continuousBackupsDelaySeconds": { "min": 5, "max": 30 },
            "ttlUpdateSeconds": { "min": 60, "max": 600 },
            "kinesisSeconds": { "min": 5, "max": 20 },
            "insightsSeconds": { "min": 5, "max": 30 },
            "tagSeconds": { "min": 0, "max": 5 }
          }
        }
        """;

    /// <summary>The preset of that name, or null.</summary>
    public static string? Find(string name) => name == "realistic" ? Realistic : null;
}
