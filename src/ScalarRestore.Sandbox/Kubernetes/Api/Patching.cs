using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Patches;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Applies the body of a PATCH by its content type.</summary>
internal static class Patching
{
    public const string ApplyType = "application/apply-patch+yaml";
    private const string JsonType = "application/json-patch+json";
    private const string MergeType = "application/merge-patch+json";
    private const string StrategicType = "application/strategic-merge-patch+json";

    /// <summary>Makes the patched object; the store keeps the old one.</summary>
    /// <param name="type">The resource; custom ones know no strategic merge.</param>
    /// <param name="before">The object to patch.</param>
    /// <param name="body">The patch.</param>
    /// <param name="plain">The target is no typed object (a Scale): strategic merge is plain merge there.</param>
    /// <exception cref="ApiException">400, 415 or 422.</exception>
    public static JsonObject Apply(ResourceType type, JsonObject before, RequestBody body, bool plain = false)
    {
        try
        {
            var patched = (body.ContentType, body.Parse()) switch
            {
                (JsonType, JsonArray operations) => JsonPatch.Apply(before, operations),
                (MergeType, JsonObject patch) => MergePatch.Apply(before, patch),
                (StrategicType, JsonObject patch) when plain => MergePatch.Apply(before, patch),
                (StrategicType, JsonObject patch) when !type.IsCustom => StrategicMergePatch.Apply(before, patch, type.Kind),

                // Nobody's fields are tracked, so an applied configuration is merged and nothing is taken away by it.
                (ApplyType, JsonObject patch) when type.IsCustom => MergePatch.Apply(before, patch),
                (ApplyType, JsonObject patch) => StrategicMergePatch.Apply(before, patch, type.Kind),
                (JsonType or MergeType or ApplyType, _) => throw ApiException.BadRequest("the body of the request is no patch of its content type"),
                (StrategicType, _) when !type.IsCustom => throw ApiException.BadRequest("the body of the request is no patch of its content type"),
                _ when type.IsCustom => throw ApiException.UnsupportedMediaType(JsonType, MergeType, ApplyType),
                _ => throw ApiException.UnsupportedMediaType(JsonType, MergeType, StrategicType, ApplyType),
            };
            return patched as JsonObject ?? throw ApiException.BadRequest("the patch leaves no object");
        }
        catch (PatchException e) when (e.Malformed)
        {
            throw ApiException.BadRequest(e.Message);
        }
        catch (PatchException e)
        {
            throw new ApiException(422, "Invalid", $"the server rejected our request due to an error in our request: {e.Message}", []);
        }
    }
}
