using ScalarRestore.Engine.Values.Diffs;
using ScalarRestore.Engine.Values.Plans;

namespace ScalarRestore.Engine.Procedures.Values;

/// <summary>All that has to be changed so that values point at restored databases, planned and checked. Nothing is changed yet.</summary>
internal sealed record ValuesOutcome
{
    /// <summary>The files, in helm's order.</summary>
    public IReadOnlyList<FileChange> Files { get; init; } = [];

    /// <summary>Secrets and ConfigMaps that feed placeholders.</summary>
    public IReadOnlyList<SecretChange> Secrets { get; init; } = [];

    /// <summary>The values of releases that are applied later, for a look.</summary>
    public IReadOnlyList<(string Release, SourcePlan Plan)> Releases { get; init; } = [];

    /// <summary>What is applied later.</summary>
    public IReadOnlyList<ReleasePointing> Pointings { get; init; } = [];

    /// <summary>What the operator should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>As it is shown.</summary>
    /// <param name="state">How far what has to be changed is.</param>
    public IReadOnlyList<ValuesChange> Show(ValuesChangeState state) =>
    [
        .. Secrets.Select(secret => new ValuesChange { Target = ValuesTarget.Secret, Path = secret.Path, State = state, Edits = secret.Places }),
        .. Files.Select(file => file.Show(state)),
        .. Releases.Select(release => new ValuesChange
        {
            Target = ValuesTarget.Release,
            Path = release.Release,
            State = release.Plan.Edits.Count == 0 ? ValuesChangeState.Unchanged : state == ValuesChangeState.Changed ? ValuesChangeState.OnStart : state,
            Edits = release.Plan.Places,
            Diff = SourceDiff.Of(release.Plan, release.Release),
        }),
    ];
}
