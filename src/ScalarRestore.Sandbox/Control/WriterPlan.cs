namespace ScalarRestore.Sandbox.Control;

/// <summary>What the background writer is to do.</summary>
internal sealed record WriterPlan
{
    /// <summary>The namespace of the pods in whose name it writes.</summary>
    public required string Namespace { get; init; }

    /// <summary>Labels that such a pod has; none fits every pod of the namespace.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>Sandbox seconds between two rounds of writes.</summary>
    public double IntervalSeconds { get; init; } = 1;

    /// <summary>Only <c>put</c> is known: every write is a new item.</summary>
    public string Mode { get; init; } = "put";

    /// <summary>Whether it goes on when pods come back. Otherwise it ends once its pods are gone.</summary>
    public bool Resumes { get; init; }

    public string Region { get; init; } = Aws.AwsCloud.DefaultRegion;

    public string Account { get; init; } = Aws.Signing.CredentialStore.DefaultAccount;
}
