namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>The directory that a database is joined to.</summary>
internal sealed record DomainMembership(
    string? Domain, string? RoleName, string? Fqdn, string? Ou, string? AuthSecretArn, IReadOnlyList<string> DnsIps);
