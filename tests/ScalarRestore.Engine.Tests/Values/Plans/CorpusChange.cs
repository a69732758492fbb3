namespace ScalarRestore.Engine.Tests.Values.Plans;

internal sealed record CorpusChange(string Old, string New);
