namespace ScalarRestore.Engine.Journal;

/// <summary>Where the lines of one run's journal are kept.</summary>
internal interface IJournalStore : IAsyncDisposable
{
    /// <summary>What a user gives as <c>-JournalPath</c> to find this journal again.</summary>
    string Location { get; }

    /// <summary>All lines, and whether the last of them has no line end (it was torn by a crash).</summary>
    Task<JournalText> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Drops a torn last line, so that the next append begins a new one.</summary>
    Task DropTornAsync(CancellationToken cancellationToken);

    /// <summary>Appends a line and returns when it would survive a power loss.</summary>
    Task AppendAsync(string line, CancellationToken cancellationToken);
}
