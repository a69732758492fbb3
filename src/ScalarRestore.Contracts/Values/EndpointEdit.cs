namespace ScalarRestore.Contracts;

/// <summary>One place in values where an endpoint, or the key of a Cosmos DB account, is written.</summary>
public sealed record EndpointEdit
{
    /// <summary>The value's key, for example <c>scalardb.databaseProperties</c>, or the Secret's key; empty in properties files.</summary>
    public required string Key { get; init; }

    /// <summary>The property inside of it, for example <c>scalar.db.contact_points</c>; null where the value itself is the endpoint.</summary>
    public string? Property { get; init; }

    /// <summary>The line, from 1; 0 in Secrets.</summary>
    public int Line { get; init; }

    /// <summary>The column, from 1; 0 in Secrets.</summary>
    public int Column { get; init; }

    /// <summary>The endpoint before; masked where it is an account key.</summary>
    public required string Old { get; init; }

    /// <summary>The endpoint after; masked where it is an account key.</summary>
    public required string New { get; init; }

    /// <summary>The place and both endpoints.</summary>
    public override string ToString() => $"{Key}{(Property is null || Key.Length == 0 ? "" : " / ")}{Property}: {Old} -> {New}";
}
