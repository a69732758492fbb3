using System.Xml.Linq;
using ScalarRestore.Engine.Clients.Aws;

namespace ScalarRestore.Engine.Databases.Rds.Settings;

/// <summary>All settings of one kind of resource.</summary>
internal sealed class SettingTable(IReadOnlyList<RdsSetting> settings)
{
    /// <summary>The settings.</summary>
    public IReadOnlyList<RdsSetting> Settings => settings;

    /// <summary>What a resource is set to, by the settings' names; what is not set is left out.</summary>
    public IReadOnlyDictionary<string, string> Read(XElement resource)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            if (setting.Read(resource) is { Length: > 0 } value)
                values[setting.Name] = value;
        }

        return values;
    }

    /// <summary>Gives everything to a restore, or to the making of a member, that it would else set to something of its own.</summary>
    public void PutRestore(QueryParameters parameters, IReadOnlyDictionary<string, string> source)
    {
        foreach (var setting in settings)
        {
            if (setting.RestoreAs is { } parameter && source.TryGetValue(setting.Name, out var value) && setting.RestoreIf?.Invoke(source) != false)
                setting.Put(parameters, parameter, value);
        }
    }

    /// <summary>What is not as before: names, and the values before and now (null if not set).</summary>
    public IReadOnlyList<(RdsSetting Setting, string? Before, string? Now)> Differences(IReadOnlyDictionary<string, string> source, IReadOnlyDictionary<string, string> now) =>
    [
        .. settings.Where(setting => setting.CompareIf?.Invoke(source) != false)
            .Select(setting => (setting, source.GetValueOrDefault(setting.Name), now.GetValueOrDefault(setting.Name)))
            .Where(pair => pair.Item2 != pair.Item3),
    ];

    /// <summary>The change that brings a resource back to what the source had; empty if there is nothing that a change could mend.</summary>
    public QueryParameters Change(IReadOnlyDictionary<string, string> source, IReadOnlyDictionary<string, string> now)
    {
        var different = Differences(source, now).Select(difference => difference.Setting).Where(setting => setting.ModifyAs is not null).ToList();
        var groups = different.Select(setting => setting.Group).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var parameters = new QueryParameters();
        foreach (var setting in settings.Where(setting => setting.ModifyAs is not null && (different.Contains(setting) || groups.Contains(setting.Group ?? ""))))
        {
            if (source.TryGetValue(setting.Name, out var value))
                setting.Put(parameters, setting.ModifyAs!, value);
        }

        return parameters;
    }
}
