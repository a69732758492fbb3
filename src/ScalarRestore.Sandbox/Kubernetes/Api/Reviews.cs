using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>The reviews a user may ask for about himself; nothing of them is stored.</summary>
internal sealed class Reviews(Authorizer authorizer)
{
    public JsonObject? Answer(ResourceType type, User user, JsonObject body)
    {
        var answer = body.Copy();
        answer["apiVersion"] = type.ApiVersion;
        answer["kind"] = type.Kind;
        switch (type.Kind)
        {
            case "SelfSubjectAccessReview":
                answer["status"] = Access(user, body);
                return answer;
            case "SelfSubjectRulesReview":
                var rules = authorizer.RulesOf(user, body.TextAt("spec", "namespace") ?? "");
                answer["status"] = new JsonObject
                {
                    ["resourceRules"] = new JsonArray([.. rules.Select(rule => rule.DeepClone())]),
                    ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("get"), ["nonResourceURLs"] = new JsonArray("*") }),
                    ["incomplete"] = false,
                };
                return answer;
            case "SelfSubjectReview":
                answer["status"] = new JsonObject
                {
                    ["userInfo"] = new JsonObject
                    {
                        ["username"] = user.Name,
                        ["groups"] = new JsonArray([.. user.Groups.Select(group => (JsonNode)group)]),
                    },
                };
                return answer;
            default:
                return null;
        }
    }

    private JsonObject Access(User user, JsonObject body)
    {
        if (body.MapAt("spec", "resourceAttributes") is not { } wanted)
        {
            return new JsonObject { ["allowed"] = user.IsAdmin || body.TextAt("spec", "nonResourceAttributes", "verb") == "get" };
        }

        var allowed = authorizer.Allows(
            user,
            wanted.TextAt("verb") ?? "",
            wanted.TextAt("group") ?? "",
            wanted.TextAt("resource") ?? "",
            wanted.TextAt("subresource") ?? "",
            wanted.TextAt("namespace") ?? "",
            wanted.TextAt("name") ?? "");
        return allowed ? new JsonObject { ["allowed"] = true, ["reason"] = "" } : new JsonObject { ["allowed"] = false };
    }
}
