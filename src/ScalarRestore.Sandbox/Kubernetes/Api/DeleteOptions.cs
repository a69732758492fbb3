using System.Globalization;
using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>How to delete: from the body, or from the query.</summary>
internal sealed record DeleteOptions(
    string? Policy = null,
    int? GraceSeconds = null,
    string? Uid = null,
    string? ResourceVersion = null,
    bool DryRun = false)
{
    public static DeleteOptions Read(HttpRequest request, JsonObject? body)
    {
        string? policy = request.Query["propagationPolicy"];
        string? grace = request.Query["gracePeriodSeconds"];
        var orphan = body.At("orphanDependents") is null ? null : body.FlagAt("orphanDependents") ? "Orphan" : "Background";
        return new DeleteOptions(
            body.TextAt("propagationPolicy") ?? policy ?? orphan,
            body.NumberAt("gracePeriodSeconds") ?? (int.TryParse(grace, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null),
            body.TextAt("preconditions", "uid"),
            body.TextAt("preconditions", "resourceVersion"),
            request.Query["dryRun"] == "All" || body.TextsAt("dryRun").Contains("All", StringComparer.Ordinal));
    }
}
