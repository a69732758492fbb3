namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Settings built in by name.</summary>
internal static class Presets
{
    // Times as AWS and its users report them: a restore takes at least 20 minutes, mostly well under an hour, whatever the size. What makes one
    // slow (skew of the partitions, indexes) belongs to the table, so that restoring the same content again takes about as long; that it is four
    // fifths of the spread is assumed. Those of Azure are from recordings and vendors' words (domain/azure.md, sections 1.3, 2 and 3).
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
          },
          "rds": {
            "createInstanceSeconds": { "min": 240, "max": 480 },
            "restoreInstanceSeconds": { "median": 900, "sigma": 0.4, "min": 480, "max": 10800, "ofTable": 0.8 },
            "createClusterSeconds": { "min": 40, "max": 90 },
            "restoreClusterSeconds": { "median": 900, "sigma": 0.5, "min": 300, "max": 14400, "ofTable": 0.8 },
            "cloneClusterSeconds": { "min": 120, "max": 300 },
            "createMemberSeconds": { "min": 240, "max": 600 },
            "backupSeconds": { "min": 60, "max": 180 },
            "settleSeconds": { "min": 30, "max": 120 },
            "flipAfterSeconds": { "min": 5, "max": 45 },
            "flipSeconds": { "min": 30, "max": 90 },
            "modifyDelaySeconds": { "min": 1, "max": 20 },
            "modifySeconds": { "min": 30, "max": 300 },
            "renameSeconds": { "min": 60, "max": 180 },
            "rebootSeconds": { "min": 30, "max": 120 },
            "deleteSeconds": { "min": 120, "max": 300 },
            "roleSeconds": { "min": 5, "max": 30 },
            "endpointSeconds": { "min": 10, "max": 60 },
            "secretSeconds": { "min": 5, "max": 30 }
          },
          "azure": {
            "cosmos": {
              "createAccountSeconds": { "min": 120, "max": 300 },
              "restoreAccountSeconds": { "median": 1500, "sigma": 0.4, "min": 600, "max": 14400, "ofTable": 0.8 },
              "updateAccountSeconds": { "min": 30, "max": 180 },
              "deleteAccountSeconds": { "min": 120, "max": 400 },
              "resourceSeconds": { "min": 5, "max": 40 },
              "backupInformationSeconds": { "min": 2, "max": 20 },
              "backupLagSeconds": 100
            },
            "mysql": {
              "createSeconds": { "min": 240, "max": 480 },
              "restoreSeconds": { "median": 1080, "sigma": 0.35, "min": 600, "max": 7200, "ofTable": 0.8 },
              "updateSeconds": { "min": 30, "max": 300 },
              "restartSeconds": { "min": 30, "max": 120 },
              "startStopSeconds": { "min": 60, "max": 180 },
              "deleteSeconds": { "min": 30, "max": 120 },
              "childSeconds": { "min": 5, "max": 30 },
              "firstBackupSeconds": { "min": 120, "max": 600 },
              "retryAfterSeconds": 60
            },
            "postgresql": {
              "createSeconds": { "min": 240, "max": 480 },
              "restoreSeconds": { "median": 780, "sigma": 0.35, "min": 480, "max": 7200, "ofTable": 0.8 },
              "updateSeconds": { "min": 30, "max": 300 },
              "restartSeconds": { "min": 30, "max": 120 },
              "startStopSeconds": { "min": 60, "max": 180 },
              "deleteSeconds": { "min": 30, "max": 120 },
              "childSeconds": { "min": 5, "max": 30 },
              "firstBackupSeconds": { "min": 120, "max": 600 }
            }
          }
        }
        """;

    /// <summary>The preset of that name, or null.</summary>
    public static string? Find(string name) => name == "realistic" ? Realistic : null;
}
