using System.Net;
using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;

namespace ScalarRestore.Sandbox.Azure.Servers.Operations;

/// <summary>Firewall rules.</summary>
internal static class FirewallOperations
{
    public static ArmAnswer List(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        return ArmList.Page(call, server.FirewallRules.Keys.Select(r => ServerJson.Firewall(call.Azure, server, r)));
    }

    public static ArmAnswer Get(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        return server.FirewallRules.ContainsKey(call["rule"])
            ? ArmAnswer.Ok(ServerJson.Firewall(call.Azure, server, call["rule"]))
            : throw ServerErrors.NotFound("firewall rule", call["rule"]);
    }

    public static ArmAnswer Put(ArmCall call, ServerEngine engine)
    {
        var azure = call.Azure;
        var server = ServerReader.Get(call, engine);
        var name = call["rule"];
        var rule = (Address(call, "startIpAddress"), Address(call, "endIpAddress"));
        if (server.IsPrivate)
            throw ServerErrors.Invalid("Firewall operations cannot be requested for a private access enabled server.");

        return ServerLifecycle.Child(
            call,
            server,
            "UpsertServerFirewallRulesManagementOperation",
            _ => server.FirewallRules[name] = rule,
            () => server.FirewallRules.ContainsKey(name) ? ServerJson.Firewall(azure, server, name) : null);
    }

    public static ArmAnswer Delete(ArmCall call, ServerEngine engine)
    {
        var server = ServerReader.Get(call, engine);
        var name = call["rule"];
        return server.FirewallRules.ContainsKey(name)
            ? ServerLifecycle.Child(
                call, server, "DropServerFirewallRulesManagementOperation", _ => server.FirewallRules.Remove(name), () => null)
            : new ArmAnswer(204);
    }

    private static string Address(ArmCall call, string name) => call.Properties.Text(name) is { } text && IPAddress.TryParse(text, out _)
        ? text
        : throw ServerErrors.Invalid($"The property '{name}' is no address.");
}
