namespace ScalarRestore.Engine.Values.Plans;

/// <summary>A change of an environment variable's value, which a Secret feeds to the pods.</summary>
internal sealed record VariableEdit
{
    /// <summary>The chart; null in properties files.</summary>
    public required ValuesProfile? Profile { get; init; }

    /// <summary>The variable.</summary>
    public required string Variable { get; init; }

    /// <summary>Where values refer to it.</summary>
    public required ValuePlace Place { get; init; }

    /// <summary>The Secret that feeds it by the values; null where they do not say.</summary>
    public string? SecretName { get; init; }

    /// <summary>The part of the variable's value that is replaced; null where the whole value is.</summary>
    public TextSpan? Part { get; init; }

    /// <summary>What comes in its place. It may be an account key.</summary>
    public required string Replacement { get; init; }

    /// <summary>Whether it is a secret, which is not shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Before, as it is shown.</summary>
    public required string Old { get; init; }

    /// <summary>After, as it is shown.</summary>
    public required string New { get; init; }

    /// <summary>Nothing of a secret is printed.</summary>
    public override string ToString() => $"{Variable}: {Old} -> {New}";
}
