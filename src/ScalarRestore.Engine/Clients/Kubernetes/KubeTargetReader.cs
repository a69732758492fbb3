namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>Turns the entries of a kubeconfig into something to connect to, and refuses what is unsafe or not understood.</summary>
internal static class KubeTargetReader
{
    /// <summary>Reads the entries that a context joins.</summary>
    public static KubeTarget Read(
        string contextName, KubeConfigEntry context, KubeConfigEntry cluster, string clusterName, KubeConfigEntry? user, bool allowExecPlugin)
    {
        if (cluster.Flag("insecure-skip-tls-verify"))
        {
            throw cluster.Invalid(
                cluster.Body["insecure-skip-tls-verify"]!,
                $"has the cluster '{clusterName}' with 'insecure-skip-tls-verify', which is refused: a restore must know which cluster it acts on; "
                + "name the cluster's authority with 'certificate-authority' instead");
        }

        var serverText = cluster.Required("server", $"the cluster '{clusterName}'");
        if (!Uri.TryCreate(serverText, UriKind.Absolute, out var server) || server.Scheme != Uri.UriSchemeHttps)
            throw cluster.Invalid(cluster.Body["server"]!, $"has the cluster '{clusterName}' with a 'server' that is not an https URL");

        return new KubeTarget
        {
            Context = contextName,
            Server = server,
            Namespace = context.Text("namespace") ?? "default",
            AuthorityPem = cluster.Pem("certificate-authority"),
            TlsServerName = cluster.Text("tls-server-name"),
            Proxy = Proxy(cluster),
            CertificatePem = user?.Pem("client-certificate"),
            KeyPem = user?.Pem("client-key"),
            Token = user?.Text("token"),
            TokenFile = user?.FilePath("tokenFile"),
            Basic = user?.Text("username") is { } name ? (name, user.Text("password") ?? "") : null,
            Exec = user is null ? null : Exec(user, allowExecPlugin),
            Source = cluster.File.Path,
        };
    }

    private static Uri? Proxy(KubeConfigEntry cluster)
    {
        if (cluster.Text("proxy-url") is not { } text)
            return null;

        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5"
            ? proxy
            : throw cluster.Invalid(cluster.Body["proxy-url"]!, "has a 'proxy-url' that is no http, https or socks5 URL");
    }

    private static ExecPlugin? Exec(KubeConfigEntry user, bool allowed)
    {
        if (user.Body["auth-provider"] is { Map: not null } provider)
            throw user.Invalid(provider, "uses 'auth-provider', which Kubernetes has given up; use an 'exec' plugin (kubelogin, aws, gke-gcloud-auth-plugin)");

        if (user.Body["exec"] is not { Map: not null } body)
            return null;

        var exec = new KubeConfigEntry(user.File, body);
        if (!allowed)
        {
            throw new RestoreException(
                "ExecPluginNotAllowed",
                FaultCategory.PermissionDenied,
                $"The kubeconfig '{user.File.Path}' obtains its credentials from a program (line {body.Line}, column {body.Column}), and programs are not run unless allowed.",
                user.File.Path,
                "Allow it with -AllowExecPlugin, or choose a context with a token or a certificate.");
        }

        var command = exec.Required("command", "an 'exec' plugin");
        if (command.AsSpan().ContainsAny('/', '\\'))
            command = exec.FilePath("command")!;

        return new ExecPlugin(
            exec.Text("apiVersion") ?? "client.authentication.k8s.io/v1",
            command,
            body["args"]?.List?.Select(argument => argument.Text ?? "").ToList() ?? [],
            body["env"]?.List?.Where(pair => pair["name"]?.Text is not null)
                .GroupBy(pair => pair["name"]!.Text!, StringComparer.Ordinal)
                .ToDictionary(pairs => pairs.Key, pairs => pairs.Last()["value"]?.Text ?? "", StringComparer.Ordinal)
                ?? new Dictionary<string, string>(StringComparer.Ordinal),
            exec.Flag("provideClusterInfo"),
            exec.Text("installHint"));
    }
}
