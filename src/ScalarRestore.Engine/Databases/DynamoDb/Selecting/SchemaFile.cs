using System.Text.Json;

namespace ScalarRestore.Engine.Databases.DynamoDb.Selecting;

/// <summary>A Schema Loader file: which tables there are, and whether they take part in transactions. Pure.</summary>
internal sealed record SchemaFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Tables as <c>namespace.table</c>, in the order of the file.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>Whether any of them takes part in transactions, so that there is a coordinator.</summary>
    public required bool Transactional { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="RestoreException">It cannot be read, or is no schema file.</exception>
    public static async Task<SchemaFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RestoreException(
                "SchemaFileUnreadable", FaultCategory.ObjectNotFound, $"The schema file '{path}' cannot be read: {exception.Message}", path, "Check the path.", exception);
        }
    }

    /// <summary>Reads a file's text.</summary>
    public static SchemaFile Parse(string text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Invalid(path, "it is not a JSON object");

            var tables = new List<string>();
            var transactional = false;
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                tables.Add(TableName(entry, path));
                transactional |= !entry.Value.TryGetProperty("transaction", out var flag) || IsTrue(flag, entry.Name, path);
            }

            return tables.Count > 0 ? new SchemaFile { Tables = tables, Transactional = transactional } : throw Invalid(path, "it names no table");
        }
        catch (JsonException exception)
        {
            throw Invalid(path, $"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1} is no JSON", exception);
        }
    }

    // The loader takes the first two parts and ignores the rest.
    private static string TableName(JsonProperty entry, string path)
    {
        var parts = entry.Name.Split('.');
        if (parts.Length < 2 || parts[0].Length == 0 || parts[1].Length == 0)
            throw Invalid(path, $"'{entry.Name}' is not of the form namespace.table");
        return entry.Value.ValueKind == JsonValueKind.Object ? $"{parts[0]}.{parts[1]}" : throw Invalid(path, $"'{entry.Name}' is not described by an object");
    }

    private static bool IsTrue(JsonElement flag, string table, string path) => flag.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(flag.GetString(), out var value) => value,
        _ => throw Invalid(path, $"\"transaction\" of '{table}' is neither true nor false"),
    };

    private static RestoreException Invalid(string path, string why, Exception? inner = null) => new(
        "SchemaFileInvalid", FaultCategory.ParserError, $"'{path}' is no Schema Loader file: {why}.", path, "Give the schema.json that the tables were made with.", inner);
}
