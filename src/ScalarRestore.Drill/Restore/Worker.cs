using System.Text.Json;
using System.Text.Json.Serialization;
using ScalarRestore.Contracts;

namespace ScalarRestore.Drill.Restore;

/// <summary>A restoring process of its own, which may be killed: reads a job, walks it, prints the run as its last line.</summary>
internal static class Worker
{
    /// <summary>How jobs and runs cross between processes.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Runs the job of a file.</summary>
    public static async Task<int> RunAsync(string path, CancellationToken cancellationToken)
    {
        var job = JsonSerializer.Deserialize<JobSpec>(await File.ReadAllTextAsync(path, cancellationToken), Json)!;
        var host = new ConsoleHost(Console.Out, job.Verbose, KillPoint.Parse(job.KillAt));
        try
        {
            var run = await new RestoreJob(EngineLoader.Load(), host, job).RunAsync(cancellationToken);
            Console.Out.WriteLine(JsonSerializer.Serialize(run, Json));
            return 0;
        }
        catch (RestoreException e)
        {
            Console.Error.WriteLine($"{e.Id}: {e.Message} {e.Mend}");
            foreach (var fault in e.Faults)
            {
                Console.Error.WriteLine($"  {fault.Id}: {fault.Message}");
            }

            return 2;
        }
    }
}
