namespace ScalarRestore.Engine.Values.Files;

/// <summary>What .NET does not tell of a file.</summary>
/// <param name="Owner">The user that it belongs to.</param>
/// <param name="Group">The group that it belongs to.</param>
/// <param name="Links">How many names it has.</param>
/// <param name="IsRegular">Whether it is a file with bytes of its own, and no pipe or device.</param>
internal readonly record struct FileStatus(uint Owner, uint Group, int Links, bool IsRegular);
