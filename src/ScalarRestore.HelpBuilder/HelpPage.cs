namespace ScalarRestore.HelpBuilder;

/// <summary>The help of one cmdlet as written.</summary>
internal sealed record HelpPage
{
    /// <summary>The heading, the cmdlet's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it does, in a sentence.</summary>
    public List<string> Synopsis { get; } = [];

    /// <summary>What it does, by the paragraph.</summary>
    public List<string> Description { get; } = [];

    /// <summary>The examples, in order.</summary>
    public List<HelpExample> Examples { get; } = [];

    /// <summary>Paragraphs by parameter name.</summary>
    public Dictionary<string, List<string>> Parameters { get; } = [];

    /// <summary>What it takes from the pipeline.</summary>
    public List<HelpType> Inputs { get; } = [];

    /// <summary>What it puts out.</summary>
    public List<HelpType> Outputs { get; } = [];

    /// <summary>Further paragraphs.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Related pages.</summary>
    public List<HelpLink> Links { get; } = [];
}
