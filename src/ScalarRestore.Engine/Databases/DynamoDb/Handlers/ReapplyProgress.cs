namespace ScalarRestore.Engine.Databases.DynamoDb.Handlers;

/// <summary>How far the settings of one table are put back.</summary>
internal sealed class ReapplyProgress
{
    /// <summary>A setting that does not stay put after this many tries is drift.</summary>
    private const int MostTries = 4;

    /// <summary>What was taken on gets this long to show before it is tried again.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Setting, DateTimeOffset> _takenOn = [];

    /// <summary>How often each setting was put back.</summary>
    public Dictionary<Setting, int> Tries { get; } = [];

    /// <summary>What the service refused, and why.</summary>
    public Dictionary<Setting, string> Refused { get; } = [];

    /// <summary>The id of the table that was looked at.</summary>
    public string TableId { get; set; } = "";

    /// <summary>What differed at the last look.</summary>
    public IReadOnlyList<Drift> Left { get; set; } = [];

    /// <summary>Which settings of it may still be put back.</summary>
    public IReadOnlyList<Setting> Open { get; set; } = [];

    /// <summary>What was seen so far; null before the first look.</summary>
    public SeenSettings? Facts { get; set; }

    /// <summary>Whether a setting is not worth another try.</summary>
    public bool IsGivenUp(Setting setting, DateTimeOffset now) =>
        Refused.ContainsKey(setting) || (Tries.GetValueOrDefault(setting) >= MostTries && !IsSettling(setting, now));

    /// <summary>Whether a setting was put back a moment ago.</summary>
    public bool IsSettling(Setting setting, DateTimeOffset now) => _takenOn.TryGetValue(setting, out var at) && now - at < Settling;

    /// <summary>The service has taken a setting on.</summary>
    public void TakenOn(Setting setting, DateTimeOffset now)
    {
        _takenOn[setting] = now;
        Tries[setting] = Tries.GetValueOrDefault(setting) + 1;
    }

    /// <summary>
    /// The settings to look at next: those that could not be put back yet, and once there are none of them, those that were.
    /// </summary>
    public IReadOnlyList<Setting> NextLook(DateTimeOffset now)
    {
        var waiting = Open.Where(setting => !IsSettling(setting, now)).ToList();
        return waiting.Count > 0 ? waiting : Open;
    }
}
