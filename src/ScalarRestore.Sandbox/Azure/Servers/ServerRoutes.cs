using ScalarRestore.Sandbox.Azure.Arm;
using ScalarRestore.Sandbox.Azure.Servers.Model;
using ScalarRestore.Sandbox.Azure.Servers.Operations;

namespace ScalarRestore.Sandbox.Azure.Servers;

/// <summary>The calls of Azure Database for MySQL and for PostgreSQL (domain/azure.md, sections 2, 3 and 3.2).</summary>
internal static class ServerRoutes
{
    public static IEnumerable<ArmRoute> All { get; } = [.. Of(ServerEngine.MySql), .. Of(ServerEngine.PostgreSql)];

    private static IEnumerable<ArmRoute> Of(ServerEngine engine)
    {
        var provider = $"/subscriptions/{{subscription}}/providers/{engine.Provider}";
        var group = $"/subscriptions/{{subscription}}/resourceGroups/{{group}}/providers/{engine.Provider}";
        var server = group + "/flexibleServers/{server}";
        List<ArmRoute> routes =
        [
            Route("GET", provider + "/flexibleServers", "ListServers", ServerOperations.List),
            Route("GET", group + "/flexibleServers", "ListServers", ServerOperations.List),
            Route("GET", server, "GetServer", ServerOperations.Get),
            Route("PUT", server, "PutServer", ServerOperations.Put) with { Naming = ServerOperations.PutName },
            Route("PATCH", server, "UpdateServer", ServerOperations.Patch),
            Route("DELETE", server, "DeleteServer", ServerOperations.Delete),
            Route("POST", server + "/restart", "RestartServer", ServerOperations.Restart),
            Route("POST", server + "/start", "StartServer", ServerOperations.Start),
            Route("POST", server + "/stop", "StopServer", ServerOperations.Stop),
            Route("POST", provider + "/locations/{location}/checkNameAvailability", "CheckName", ServerOperations.CheckName) with { IsWrite = false },
            Route("POST", provider + "/checkNameAvailability", "CheckName", ServerOperations.CheckName) with { IsWrite = false },

            Route("GET", server + "/firewallRules", "ListFirewallRules", FirewallOperations.List),
            Route("GET", server + "/firewallRules/{rule}", "GetFirewallRule", FirewallOperations.Get),
            Route("PUT", server + "/firewallRules/{rule}", "PutFirewallRule", FirewallOperations.Put),
            Route("DELETE", server + "/firewallRules/{rule}", "DeleteFirewallRule", FirewallOperations.Delete),

            Route("GET", server + "/configurations", "ListConfigurations", ParameterOperations.List),
            Route("GET", server + "/configurations/{parameter}", "GetConfiguration", ParameterOperations.Get),
            Route("PUT", server + "/configurations/{parameter}", "UpdateConfiguration", ParameterOperations.Put),
            Route("PATCH", server + "/configurations/{parameter}", "UpdateConfiguration", ParameterOperations.Put),

            Route("GET", server + "/administrators", "ListAdministrators", AdministratorOperations.List),
            Route("GET", server + "/administrators/{administrator}", "GetAdministrator", AdministratorOperations.Get),
            Route("PUT", server + "/administrators/{administrator}", "PutAdministrator", AdministratorOperations.Put),
            Route("DELETE", server + "/administrators/{administrator}", "DeleteAdministrator", AdministratorOperations.Delete),

            Route("GET", server + "/databases", "ListDatabases", DatabaseOperations.List),
            Route("GET", server + "/databases/{database}", "GetDatabase", DatabaseOperations.Get),
            Route("PUT", server + "/databases/{database}", "PutDatabase", DatabaseOperations.Put),
            Route("DELETE", server + "/databases/{database}", "DeleteDatabase", DatabaseOperations.Delete),

            Route("GET", server + "/privateEndpointConnections", "ListPrivateEndpointConnections", RelatedOperations.PrivateEndpoints),
            Route("GET", server + "/replicas", "ListReplicas", RelatedOperations.Replicas),
            Route("GET", server + "/backups", "ListBackups", RelatedOperations.Backups),

            Route("GET", provider + "/servers", "ListSingleServers", ServerOperations.ListSingle),
            Route("GET", group + "/servers", "ListSingleServers", ServerOperations.ListSingle),
            Route("GET", group + "/servers/{server}", "GetSingleServer", ServerOperations.GetSingle),
        ];
        routes.Add(engine.IsMySql
            ? Route("POST", server + "/updateConfigurations", "UpdateConfigurations", ParameterOperations.PutMany)
            : Route("GET", server + "/virtualEndpoints", "ListVirtualEndpoints", RelatedOperations.VirtualEndpoints));
        return routes;

        ArmRoute Route(string method, string template, string operation, Func<ArmCall, ServerEngine, ArmAnswer> run) =>
            new(method, template, engine.Service, operation, c => run(c, engine));
    }
}
