using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScalarRestore.Engine.Planning;

namespace ScalarRestore.Engine.Workloads;

/// <summary>
/// One revision of a release as helm keeps it: JSON, compressed, in base64. Fields that we do not know are kept, since helm must find
/// everything again.
/// </summary>
internal sealed class HelmReleaseRecord
{
    /// <summary>The most that a record may unpack to.</summary>
    private const int MaxUnpacked = 64 * 1024 * 1024;

    /// <summary>Wraps the JSON of a record.</summary>
    public HelmReleaseRecord(JsonObject root) => Root = root;

    /// <summary>The whole record.</summary>
    public JsonObject Root { get; }

    /// <summary>The release's name.</summary>
    public string Name => (string?)Root["name"] ?? "";

    /// <summary>The revision's number.</summary>
    public int Revision
    {
        get => (int?)Root["version"] ?? 0;
        set => Root["version"] = value;
    }

    /// <summary>Helm's status, for example <c>deployed</c>.</summary>
    public string Status
    {
        get => (string?)Info["status"] ?? "unknown";
        set => Info["status"] = value;
    }

    /// <summary>What <c>helm history</c> shows.</summary>
    public string Description
    {
        get => (string?)Info["description"] ?? "";
        set => Info["description"] = value;
    }

    /// <summary>When the revision was written, as text.</summary>
    public string? LastDeployed
    {
        get => (string?)Info["last_deployed"];
        set => Info["last_deployed"] = value;
    }

    /// <summary>All rendered documents.</summary>
    public string Manifest
    {
        get => (string?)Root["manifest"] ?? "";
        set => Root["manifest"] = value;
    }

    /// <summary>The values that the user supplied.</summary>
    public JsonObject Config
    {
        get
        {
            if (Root["config"] is JsonObject config)
                return config;

            config = [];
            Root["config"] = config;
            return config;
        }
    }

    /// <summary>The chart's default values.</summary>
    public JsonObject? ChartDefaults => Root["chart"]?["values"] as JsonObject;

    /// <summary>The chart's name.</summary>
    public string? Chart => (string?)Root["chart"]?["metadata"]?["name"];

    /// <summary>The chart's version.</summary>
    public string? ChartVersion => (string?)Root["chart"]?["metadata"]?["version"];

    /// <summary>The version of what the chart installs.</summary>
    public string? AppVersion => (string?)Root["chart"]?["metadata"]?["appVersion"];

    private JsonObject Info
    {
        get
        {
            if (Root["info"] is JsonObject info)
                return info;

            info = [];
            Root["info"] = info;
            return info;
        }
    }

    /// <summary>Whether helm is, or was when it died, in the middle of something.</summary>
    public static bool IsPending(string status) => status.StartsWith("pending-", StringComparison.Ordinal) || status == "uninstalling";

    /// <summary>Reads helm's text: base64 of gzip of JSON, or base64 of JSON as very old clients wrote it.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static HelmReleaseRecord Decode(string text)
    {
        var bytes = Convert.FromBase64String(text);
        try
        {
            if (bytes is [0x1f, 0x8b, 0x08, ..])
                bytes = Unpack(bytes);

            return JsonNode.Parse(bytes) is JsonObject root ? new HelmReleaseRecord(root) : throw new FormatException("it is no JSON object");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new FormatException("it is neither JSON nor compressed JSON", e);
        }
    }

    /// <summary>Writes helm's text.</summary>
    public string Encode()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Root.ToJsonString(PlanJson.Options)));
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>A copy to change.</summary>
    public HelmReleaseRecord Copy() => new((JsonObject)Root.DeepClone());

    private static byte[] Unpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        while ((count = gzip.Read(buffer)) > 0)
        {
            if (unpacked.Length + count > MaxUnpacked)
                throw new FormatException($"it unpacks to more than {MaxUnpacked} bytes");

            unpacked.Write(buffer, 0, count);
        }

        return unpacked.ToArray();
    }
}
