using System.Globalization;
using System.Text;
using ScalarRestore.Engine.Yaml;

namespace ScalarRestore.Engine.Clients.Kubernetes;

/// <summary>A cluster, a context or a user of a kubeconfig.</summary>
/// <param name="File">Where it stands; paths in it are relative to that file.</param>
/// <param name="Body">What it says.</param>
internal sealed record KubeConfigEntry(KubeConfigFile File, YamlItem Body)
{
    /// <summary>A text; null if it is missing or empty.</summary>
    public string? Text(string key) => Body[key]?.Text is { Length: > 0 } text ? text : null;

    /// <summary>A text that must be there.</summary>
    public string Required(string key, string what) => Text(key) ?? throw Invalid(Body, $"has {what} without '{key}'");

    /// <summary>A switch; absent is off.</summary>
    public bool Flag(string key) => Body[key]?.Text is { } text && text.Trim().ToLower(CultureInfo.InvariantCulture) switch
    {
        "true" => true,
        "false" or "" => false,
        _ => throw Invalid(Body[key]!, $"has '{key}' with a value that is neither true nor false"),
    };

    /// <summary>The file that a key names, made absolute.</summary>
    public string? FilePath(string key) =>
        Text(key) is { } path ? Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(File.Path))!) : null;

    /// <summary>PEM text given inline (<c>KEY-data</c>, base64) or by file (<c>KEY</c>).</summary>
    public string? Pem(string key)
    {
        var dataKey = key + "-data";
        if (Text(dataKey) is { } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException e)
            {
                throw Invalid(Body[dataKey]!, $"has '{dataKey}' that is not base64", e);
            }
        }

        if (FilePath(key) is not { } path)
            return null;

        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(Body[key]!, $"names '{path}' as '{key}', which cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A fault at a place of this entry. It never quotes values.</summary>
    public RestoreException Invalid(YamlItem place, string what, Exception? inner = null) =>
        KubeConfigFile.Invalid(File.Path, place.Line, place.Column, what, inner);
}
