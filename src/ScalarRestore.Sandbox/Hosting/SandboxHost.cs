using System.Runtime.InteropServices;
using ScalarRestore.Sandbox.Aws;
using ScalarRestore.Sandbox.Aws.Rds.Postgres;
using ScalarRestore.Sandbox.Azure;
using ScalarRestore.Sandbox.Control;
using ScalarRestore.Sandbox.Kubernetes;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>Starts the listeners, says so on standard output, and runs until told to stop.</summary>
internal static class SandboxHost
{
    public static async Task RunAsync(SandboxOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        var sandbox = new SandboxState(options);
        await using var databases = await PostgresBackend.StartAsync(options.Postgres, sandbox.Clock, stop.Token);
        var aws = new AwsCloud(sandbox, databases);
        var azure = new AzureCloud(sandbox);
        await using var kubernetes = new KubernetesServer(
            sandbox.Clock, sandbox.Settings.Current.Kubernetes, sandbox.Calls, options.Folder, options.Seed);
        sandbox.Settings.OnChanged = settings => kubernetes.Settings = settings.Kubernetes;
        await using var writer = new BackgroundWriter(sandbox.Clock, aws.DynamoDb, kubernetes);

        var kubernetesTarget = new KubernetesTarget(kubernetes);
        var control = new ControlServer(sandbox, aws, azure, kubernetes, writer);
        var listeners = new Listeners();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 << 20;

            // A client that is stopped in a debugger, or reads a watch slowly, is no attack here.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            listeners.Kubernetes = Listeners.Add(
                kestrel, options.KubernetesPort, context => sandbox.Pipeline.RunAsync(context, kubernetesTarget), kubernetesTarget.UseTls);
            listeners.Aws = Listeners.Add(kestrel, options.AwsPort, context => sandbox.Pipeline.RunAsync(context, aws.Server));
            listeners.Arm = Listeners.Add(
                kestrel,
                options.ArmPort,
                context => sandbox.Pipeline.RunAsync(context, azure.Server),
                listener => listener.UseHttps(kubernetes.ServerCertificate));
            listeners.Identity = Listeners.Add(kestrel, options.IdentityPort, context => sandbox.Pipeline.RunAsync(context, azure.Identity));
            listeners.Control = Listeners.Add(kestrel, options.ControlPort, control.HandleAsync);
        });

        await using var app = builder.Build();
        app.Run(Listeners.DispatchAsync);
        await app.StartAsync(stop.Token);
        var kubernetesUrl = Listeners.Url(listeners.Kubernetes, "https");
        kubernetes.WriteKubeconfigs(kubernetesUrl);
        Console.WriteLine(ReadyLine.Make(
            sandbox,
            aws.Credentials.Root,
            kubernetesUrl,
            Listeners.Url(listeners.Aws),
            AzureReady.Make(
                azure, Listeners.NamedUrl(listeners.Arm, "https"), Listeners.Url(listeners.Identity), Path.Combine(options.Folder, "ca.crt")),
            Listeners.Url(listeners.Control),
            databases?.Version));
        await Console.Out.FlushAsync(CancellationToken.None);

        var parent = ParentWatch.WaitAsync(options.ParentProcessId, stop.Token);
        await Task.WhenAny(parent, Task.Delay(Timeout.Infinite, stop.Token));
        await stop.CancelAsync();

        // Open watches would hold a graceful stop back.
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await app.StopAsync(patience.Token);
        if (options.OwnsFolder)
            Directory.Delete(options.Folder, recursive: true);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}
