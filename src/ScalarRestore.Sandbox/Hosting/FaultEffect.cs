using System.Text.Json.Serialization;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>What a fault rule does to a call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultEffect>))]
internal enum FaultEffect
{
    /// <summary>Answers the service's own "too many requests"; nothing is done.</summary>
    [JsonStringEnumMemberName("throttle")]
    Throttle,

    /// <summary>Answers an error; nothing is done.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>Waits first, then does the work.</summary>
    [JsonStringEnumMemberName("delay")]
    Delay,

    /// <summary>Cuts the connection; nothing is done.</summary>
    [JsonStringEnumMemberName("drop")]
    Drop,

    /// <summary>Does the work, then cuts the connection: the caller cannot know.</summary>
    [JsonStringEnumMemberName("loseAnswer")]
    LoseAnswer,

    /// <summary>Never answers; nothing is done. Ends when the caller gives up, or after the delay.</summary>
    [JsonStringEnumMemberName("hang")]
    Hang,

    /// <summary>Kills the registered process, then cuts the connection; nothing is done.</summary>
    [JsonStringEnumMemberName("kill")]
    Kill,
}
