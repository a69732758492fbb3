using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>One cause of an Invalid answer.</summary>
internal sealed record FieldFault(string Field, string Reason, string Text)
{
    public static FieldFault Wrong(string field, JsonNode? value, string why) =>
        new(field, "FieldValueInvalid", $"Invalid value: {value?.ToJsonString() ?? "null"}: {why}");

    public static FieldFault Missing(string field, string why = "") =>
        new(field, "FieldValueRequired", why.Length == 0 ? "Required value" : $"Required value: {why}");

    public static FieldFault NotSupported(string field, string value, string supported) =>
        new(field, "FieldValueNotSupported", $"Unsupported value: \"{value}\": supported values: {supported}");

    public static FieldFault Denied(string field, string why) => new(field, "FieldValueForbidden", $"Forbidden: {why}");

    public JsonObject ToCause() => new() { ["reason"] = Reason, ["message"] = Text, ["field"] = Field };

    public override string ToString() => $"{Field}: {Text}";
}
