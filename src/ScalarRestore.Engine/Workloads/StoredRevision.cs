using System.Text;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Clients.Kubernetes;

namespace ScalarRestore.Engine.Workloads;

/// <summary>One revision of a release, as the object in the cluster that holds it. Its labels tell most; the record is unpacked on demand.</summary>
internal sealed record StoredRevision
{
    /// <summary>Secrets, or ConfigMaps where helm was told so.</summary>
    public required KubeResource Resource { get; init; }

    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The release's name.</summary>
    public required string Release { get; init; }

    /// <summary>The revision's number.</summary>
    public required int Revision { get; init; }

    /// <summary>Helm's status, by the label that helm selects by.</summary>
    public required string Status { get; init; }

    /// <summary>The object, with its <c>resourceVersion</c>.</summary>
    public required JsonObject Object { get; init; }

    /// <summary>The object's name.</summary>
    public string ObjectName => (string?)Object["metadata"]?["name"] ?? "";

    /// <summary>Whether somebody is, or was, in the middle of something.</summary>
    public bool IsPending => HelmReleaseRecord.IsPending(Status);

    /// <summary>Unpacks the record.</summary>
    /// <exception cref="RestoreException"><c>ReleaseUnreadable</c>.</exception>
    public HelmReleaseRecord Read()
    {
        try
        {
            var data = (string?)Object["data"]?["release"] ?? throw new FormatException("it holds no release");
            return HelmReleaseRecord.Decode(IsSecret ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : data);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            throw new RestoreException(
                "ReleaseUnreadable",
                FaultCategory.ParserError,
                $"Revision {Revision} of release {Namespace}/{Release} ({Resource} '{ObjectName}') cannot be read: {e.Message}.",
                $"{Namespace}/{Release}",
                "Look at it with 'helm history' and 'helm get all'.",
                e);
        }
    }

    /// <summary>The record in the form that the object keeps it in.</summary>
    public static string Pack(KubeResource resource, HelmReleaseRecord record)
    {
        var text = record.Encode();
        return resource == KubeResource.Secrets ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : text;
    }

    private bool IsSecret => Resource == KubeResource.Secrets;
}
