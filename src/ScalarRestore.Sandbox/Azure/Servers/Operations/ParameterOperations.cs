using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers.Operations;

/// <summary>Parameters, which the services call configurations: one by one, and for MySQL many at once.</summary>
internal static class ParameterOperations
{
    public static ArmAnswer List(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        return ArmList.Page(call, engine.Parameters.Select(p => ServerJson.Parameter(call.Azure, server, p)));
    }

    public static ArmAnswer Get(ArmCall call, ServerEngine engine) =>
        ArmAnswer.Ok(ServerJson.Parameter(call.Azure, ServerReader.Get(call, engine), Find(engine, call["parameter"])));

    /// <summary>PUT or PATCH of one.</summary>
    public static ArmAnswer Put(ArmCall call, ServerEngine engine)
    {
        var azure = call.Azure;
        var server = ServerReader.Get(call, engine);
        var parameter = Find(engine, call["parameter"]);
        var value = Value(parameter, call.Properties);
        return ServerLifecycle.Child(
            call,
            server,
            "UpdateServerConfigurationManagementOperation",
            _ => Set(server, parameter, value),
            () => ServerJson.Parameter(azure, server, parameter));
    }

    /// <summary>Many at once, which only MySQL can.</summary>
    public static ArmAnswer PutMany(ArmCall call, ServerEngine engine)
    {
        var azure = call.Azure;
        var server = ServerReader.Get(call, engine);
        var values = call.Body.Objects("value").Select(v =>
        {
            var parameter = Find(engine, v.Text("name") ?? "");
            return (Parameter: parameter, Value: Value(parameter, v.Object("properties") ?? []));
        }).ToArray();
        var reset = string.Equals(call.Body.Text("resetAllToDefault"), "True", StringComparison.OrdinalIgnoreCase);
        return ServerLifecycle.Child(
            call,
            server,
            "UpdateServerConfigurationsManagementOperation",
            _ =>
            {
                if (reset)
                {
                    foreach (var parameter in engine.Parameters)
                        Set(server, parameter, value: null);
                }

                foreach (var (parameter, value) in values)
                    Set(server, parameter, value);
            },
            () => new JsonObject { ["value"] = new JsonArray([.. values.Select(v => ServerJson.Parameter(azure, server, v.Parameter))]) });
    }

    private static ServerParameter Find(ServerEngine engine, string name) => engine.FindParameter(name)
        ?? throw new ArmException(404, "ConfigurationNotExists", $"The configuration '{name}' does not exist for the server version.");

    // Null is the default.
    private static string? Value(ServerParameter parameter, JsonObject properties)
    {
        if (parameter.IsReadOnly)
            throw ServerErrors.Invalid($"The configuration '{parameter.Name}' is read-only.");

        if (string.Equals(properties.Text("source"), "system-default", StringComparison.OrdinalIgnoreCase))
            return null;

        var value = properties.Text("value") ?? throw ServerErrors.Invalid($"The configuration '{parameter.Name}' needs a value.");
        return parameter.Allowed.Length == 0 || parameter.Allowed.Split(',').Contains(value, StringComparer.OrdinalIgnoreCase)
            ? value
            : throw ServerErrors.Invalid($"The value '{value}' is not allowed for the configuration '{parameter.Name}'.");
    }

    private static void Set(FlexibleServer server, ServerParameter parameter, string? value)
    {
        var old = server.Parameters.GetValueOrDefault(parameter.Name);
        if (value is null)
            server.Parameters.Remove(parameter.Name);
        else if (old?.Value != value)
            server.Parameters[parameter.Name] = new ParameterValue(value, IsPendingRestart: !parameter.IsDynamic);
    }
}
