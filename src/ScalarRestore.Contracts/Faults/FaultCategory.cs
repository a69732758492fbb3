namespace ScalarRestore.Contracts;

/// <summary>The kind of a fault; maps one to one to PowerShell's error categories.</summary>
public enum FaultCategory
{
    /// <summary>An argument is not acceptable.</summary>
    InvalidArgument,

    /// <summary>The thing is not in the state that the command needs.</summary>
    InvalidOperation,

    /// <summary>The thing does not exist.</summary>
    ObjectNotFound,

    /// <summary>Something of that name exists already and is not ours.</summary>
    ResourceExists,

    /// <summary>The identity is known and may not do this.</summary>
    PermissionDenied,

    /// <summary>There is no usable identity.</summary>
    AuthenticationError,

    /// <summary>A quota or a rate was exceeded for longer than we wait.</summary>
    LimitsExceeded,

    /// <summary>A deadline passed.</summary>
    OperationTimeout,

    /// <summary>A file or an answer cannot be understood.</summary>
    ParserError,

    /// <summary>The service cannot be reached.</summary>
    ConnectionError,

    /// <summary>Another process holds the journal.</summary>
    ResourceBusy,

    /// <summary>A check found wrong data.</summary>
    InvalidData,

    /// <summary>The operator stopped the command, or declined.</summary>
    OperationStopped,
}
