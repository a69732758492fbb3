using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>What PostgreSQL stores of a password. Made here, so that no password ever leaves this process, be it into a file, a command
/// line or a log.</summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;

    /// <summary>SCRAM-SHA-256 as in RFC 5803, with a random salt.</summary>
    public static string Make(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, 32);
        var storedKey = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var serverKey = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(storedKey)}:{Convert.ToBase64String(serverKey)}");
    }
}
