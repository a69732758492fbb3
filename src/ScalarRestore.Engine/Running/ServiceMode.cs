namespace ScalarRestore.Engine.Running;

/// <summary>Whether transports may change anything.</summary>
internal enum ServiceMode
{
    /// <summary>Any call that is not a read is refused by the transport itself.</summary>
    ReadOnly,

    /// <summary>Everything is allowed.</summary>
    ReadWrite,
}
