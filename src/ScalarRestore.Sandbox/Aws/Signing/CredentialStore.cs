using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ScalarRestore.Sandbox.Aws.Signing;

/// <summary>The keys that the sandbox knows: the one it prints at its start, and those that its STS gave out.</summary>
internal sealed class CredentialStore
{
    /// <summary>The account that the sandbox begins with.</summary>
    public const string DefaultAccount = "123456789012";

    private const string KeyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string SecretCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private readonly ConcurrentDictionary<string, Credential> _known = new(StringComparer.Ordinal);

    public CredentialStore()
    {
        Root = Add(new Credential("AKIA" + Text(16, KeyCharacters), Text(40, SecretCharacters), SessionToken: null, DefaultAccount,
            $"arn:aws:iam::{DefaultAccount}:user/sandbox", "AIDASANDBOXUSER000001", Expiration: null));
    }

    /// <summary>The long-lived key of the user <c>sandbox</c>.</summary>
    public Credential Root { get; }

    public Credential? Find(string accessKeyId) => _known.GetValueOrDefault(accessKeyId);

    /// <summary>Makes a session of a role. It ends by real time, since that is what clients compare it with.</summary>
    public Credential Issue(string account, string roleName, string sessionName, DateTimeOffset expiration) =>
        Add(new Credential("ASIA" + Text(16, KeyCharacters), Text(40, SecretCharacters), Text(120, SecretCharacters), account,
            $"arn:aws:sts::{account}:assumed-role/{roleName}/{sessionName}", $"AROASANDBOXROLE000001:{sessionName}", expiration));

    private static string Text(int length, string characters) => RandomNumberGenerator.GetString(characters, length);

    private Credential Add(Credential credential) => _known[credential.AccessKeyId] = credential;
}
