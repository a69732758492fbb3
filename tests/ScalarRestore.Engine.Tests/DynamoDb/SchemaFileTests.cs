using ScalarRestore.Engine.Databases.DynamoDb.Selecting;

namespace ScalarRestore.Engine.Tests.DynamoDb;

public sealed class SchemaFileTests
{
    [Fact]
    public void Tables_and_transactions_are_read()
    {
        var schema = SchemaFile.Parse("""{"app.orders": {"partition-key": ["id"], "ru": 50}, "app.log": {"transaction": false}}""", "s.json");
        Assert.Equal(["app.orders", "app.log"], schema.Tables);
        Assert.True(schema.Transactional);
    }

    [Fact]
    public void Without_transactions_there_is_no_coordinator() =>
        Assert.False(SchemaFile.Parse("""{"a.b": {"transaction": false}, "a.c": {"transaction": "false"}}""", "s.json").Transactional);

    [Fact]
    public void More_than_two_parts_are_cut_as_the_loader_does() =>
        Assert.Equal(["a.b"], SchemaFile.Parse("""{"a.b.c": {}}""", "s.json").Tables);

    [Theory]
    [InlineData("{", "line 1, column")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "names no table")]
    [InlineData("""{"orders": {}}""", "'orders' is not of the form namespace.table")]
    [InlineData("""{".orders": {}}""", "'.orders' is not of the form")]
    [InlineData("""{"a.b": 5}""", "'a.b' is not described by an object")]
    [InlineData("""{"a.b": {"transaction": "perhaps"}}""", "\"transaction\" of 'a.b' is neither true nor false")]
    public void What_is_no_schema_file_is_refused_by_place(string text, string says)
    {
        var fault = Assert.Throws<RestoreException>(() => SchemaFile.Parse(text, "dir/s.json"));
        Assert.Equal("SchemaFileInvalid", fault.Id);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Contains("dir/s.json", fault.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(fault.Mend));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var fault = await Assert.ThrowsAsync<RestoreException>(() => SchemaFile.ReadAsync("no/such.json", CancellationToken.None));
        Assert.Equal("SchemaFileUnreadable", fault.Id);
    }
}
