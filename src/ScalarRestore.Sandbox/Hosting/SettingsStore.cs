using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>The settings in force. They can be changed while the sandbox runs; what has begun keeps the time it was given.</summary>
internal sealed class SettingsStore(ServiceSettings settings)
{
    private readonly Lock _lock = new();
    private volatile ServiceSettings _current = settings;

    /// <summary>Told the new settings after each change.</summary>
    public Action<ServiceSettings>? OnChanged { get; set; }

    public ServiceSettings Current => _current;

    /// <summary>Reads a settings file, or takes a preset by name.</summary>
    public static ServiceSettings Load(string? source)
    {
        if (source is null or "small")
            return new ServiceSettings();

        var store = new SettingsStore(new ServiceSettings());
        store.Patch(Presets.Find(source) ?? File.ReadAllText(source));
        return store.Current;
    }

    /// <summary>Lays a JSON object over the settings; what it does not name stays.</summary>
    public void Patch(string json)
    {
        lock (_lock)
        {
            var merged = JsonSerializer.SerializeToNode(_current, SandboxJson.Options)!.AsObject();
            var patch = JsonNode.Parse(
                json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            Merge(merged, patch as JsonObject ?? throw new JsonException("Settings are a JSON object."));
            _current = merged.Deserialize<ServiceSettings>(SandboxJson.Options)!;
            OnChanged?.Invoke(_current);
        }
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            // A service time is replaced whole: half of an old range and half of a new one make no sense.
            if (value is JsonObject inner && target[name] is JsonObject existing && !name.EndsWith("Seconds", StringComparison.Ordinal))
                Merge(existing, inner);
            else
                target[name] = value?.DeepClone();
        }
    }
}
