namespace ScalarRestore.Engine.Tests.Values.Plans;

internal sealed record CorpusEdit(string Source, int Line, int Column, string? Property, string? Key);
