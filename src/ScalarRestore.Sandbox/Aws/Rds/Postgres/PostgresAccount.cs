using System.Globalization;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>
/// Whose processes the servers are. PostgreSQL refuses to run as root, so a sandbox of root's hands everything that touches a database to
/// an account without rights; any other user's sandbox runs it as that user.
/// </summary>
/// <param name="Prefix">What stands before every command; nothing where the sandbox's own account does.</param>
/// <param name="Owner">The owner of the files, as chown takes it; null where it is the sandbox's own account.</param>
internal sealed record PostgresAccount(IReadOnlyList<string> Prefix, string? Owner)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>The account to use; null where root has none to hand over to.</summary>
    public static async Task<PostgresAccount?> FindAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new PostgresAccount([], Owner: null);

        foreach (var name in Candidates)
        {
            if (await IdAsync("-u", name, cancellationToken) is not (> 0 and var user)
                || await IdAsync("-g", name, cancellationToken) is not { } group)
                continue;

            var owner = string.Create(CultureInfo.InvariantCulture, $"{user}:{group}");
            string[][] prefixes =
            [
                ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"],
                ["runuser", "-u", name, "--"],
            ];
            foreach (var prefix in prefixes)
            {
                var account = new PostgresAccount(prefix, owner);
                try
                {
                    await new PostgresShell(account).RunAsync("true", [], cancellationToken);
                    return account;
                }
                catch (PostgresException)
                {
                    // Not installed, or not allowed in this container: the next one.
                }
            }
        }

        return null;
    }

    private static async Task<int?> IdAsync(string what, string name, CancellationToken cancellationToken)
    {
        try
        {
            var id = await new PostgresShell(new PostgresAccount([], Owner: null)).RunAsync(
                "id \"$1\" \"$2\"", [what, name], cancellationToken);
            return int.Parse(id.Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (PostgresException)
        {
            return null;
        }
    }
}
