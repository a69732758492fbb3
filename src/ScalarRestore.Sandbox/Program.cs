using ScalarRestore.Sandbox.Hosting;

try
{
    await SandboxHost.RunAsync(SandboxOptions.Parse(args));
    return 0;
}
catch (Exception e) when (e is ArgumentException or FormatException or IOException or System.Text.Json.JsonException)
{
    Console.Error.WriteLine($"sandbox: {e.Message}");
    return 2;
}
