namespace ScalarRestore.Engine.Schema;

/// <summary>One call of Schema Loader. It names files; what is in them stays there.</summary>
internal sealed record LoaderInput
{
    /// <summary>The jar.</summary>
    public required string Loader { get; init; }

    /// <summary>The properties, which hold the account key.</summary>
    public required string Config { get; init; }

    /// <summary>The schema file.</summary>
    public required string SchemaFile { get; init; }

    /// <summary>Whether the coordinator's tables are repaired by this call.</summary>
    public required bool Coordinator { get; init; }

    /// <summary>The restored account's endpoint, which the properties have to name.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The longest that it may take, on this machine's clock.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The arguments of <c>java</c>. (Schema Loader, options of version 3.6 and later.)</summary>
    public IReadOnlyList<string> Arguments() =>
        ["-jar", Loader, "--config", Config, "-f", SchemaFile, .. Coordinator ? (string[])["--coordinator"] : [], "--repair-all"];
}
