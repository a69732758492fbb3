namespace ScalarRestore.Sandbox.Kubernetes;

/// <summary>How the pods of a workload behave, for tests of what can go wrong.</summary>
internal enum PodBehaviour
{
    /// <summary>They start, become Ready and stop when told.</summary>
    Normal,

    /// <summary>They ignore their deletion: they stay Terminating, and run on even when their object is removed by force.</summary>
    NeverTerminate,

    /// <summary>Their container exits soon after each start. A Job's pod fails.</summary>
    CrashLoop,

    /// <summary>They run but are never Ready. A Job's pod never ends.</summary>
    NeverReady,
}
