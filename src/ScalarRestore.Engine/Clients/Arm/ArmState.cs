namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>How far an operation or a resource is.</summary>
internal enum ArmState
{
    /// <summary>Under way, or a word that is not known.</summary>
    Running,

    /// <summary>Over and well.</summary>
    Succeeded,

    /// <summary>Over and not well.</summary>
    Failed,

    /// <summary>Given up.</summary>
    Canceled,
}
