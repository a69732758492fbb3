namespace ScalarRestore.Sandbox.Aws.Rds.Model;

/// <summary>An option group; always without options.</summary>
internal sealed class OptionGroup
{
    public required string Name { get; init; }

    public required string Arn { get; init; }

    public required string Engine { get; init; }

    public required string Major { get; init; }

    public required string Description { get; init; }

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);
}
