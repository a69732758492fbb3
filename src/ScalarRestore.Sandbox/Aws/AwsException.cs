using System.Text.Json;

namespace ScalarRestore.Sandbox.Aws;

/// <summary>An error that the service answers, by the code AWS uses.</summary>
internal sealed class AwsException(string code, string message, int status = 400) : Exception(message)
{
    /// <summary>For example ResourceNotFoundException.</summary>
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Further members of a JSON error, such as CancellationReasons.</summary>
    public Action<Utf8JsonWriter>? WriteMore { get; init; }

    public static AwsException Validation(string message) => new("ValidationException", message);
}
