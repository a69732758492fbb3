using ScalarRestore.Engine.Values.Diffs;
using ScalarRestore.Engine.Values.Files;
using ScalarRestore.Engine.Values.Plans;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>A file and what becomes of it.</summary>
/// <param name="file">The file as it was read.</param>
/// <param name="plan">What is replaced.</param>
internal sealed class FileChange(ValuesFile file, SourcePlan plan)
{
    private readonly Lazy<string?> _diff = new(() => SourceDiff.Of(plan, Path.GetFileName(file.Path)));

    /// <summary>The file as it was read.</summary>
    public ValuesFile File => file;

    /// <summary>What is replaced.</summary>
    public SourcePlan Plan => plan;

    /// <summary>As it is shown.</summary>
    public ValuesChange Show(ValuesChangeState state) => new()
    {
        Target = ValuesTarget.File,
        Path = File.Path,
        State = Plan.Edits.Count == 0 ? ValuesChangeState.Unchanged : state,
        Edits = Plan.Places,
        Diff = _diff.Value,
    };
}
