using ScalarRestore.Engine.Schema;

namespace ScalarRestore.Engine.Tests.Schema;

public sealed class LoaderConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loader-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("scalar.db.storage=cosmos\nscalar.db.contact_points=https://new.documents.azure.com:443/\nscalar.db.password=k3y\n", true)]
    [InlineData("scalar.db.storage: COSMOS\nscalar.db.contact_points: https://NEW.documents.azure.com/\n", true)]
    [InlineData("scalar.db.storage=multi-storage\nscalar.db.multi_storage.storages=a,b\nscalar.db.multi_storage.storages.a.storage=jdbc\nscalar.db.multi_storage.storages.a.contact_points=jdbc:mysql://new.documents.azure.com/\nscalar.db.multi_storage.storages.b.storage=cosmos\nscalar.db.multi_storage.storages.b.contact_points=https://new.documents.azure.com:443/\n", true)]
    [InlineData("scalar.db.storage=cosmos\nscalar.db.contact_points=https://old.documents.azure.com:443/\n", false)]
    [InlineData("scalar.db.storage=cosmos\nscalar.db.contact_points=https://new.documents.azure.com.example.com:443/\n", false)]
    [InlineData("scalar.db.storage=jdbc\nscalar.db.contact_points=jdbc:mysql://new.documents.azure.com/\n", false)]
    [InlineData("scalar.db.storage=cosmos\n#scalar.db.contact_points=https://new.documents.azure.com:443/\n", false)]
    [InlineData("", false)]
    public async Task OnlyTheRestoredAccountWillDo(string text, bool names)
    {
        var config = await ReadAsync(text);

        Assert.Equal(names, config.Names("https://new.documents.azure.com:443/"));
    }

    [Fact]
    public async Task ItsKeysAreHiddenAndNotTold()
    {
        var config = await ReadAsync("scalar.db.storage=cosmos\nscalar.db.contact_points=https://old.documents.azure.com:443/\nscalar.db.password=k3y\\u002b=\n");

        Assert.Equal("sent *** twice: ***", config.Hide("sent k3y+= twice: k3y+="));
        var fault = config.Foreign(["https://new.documents.azure.com:443/"]);
        Assert.Contains("old.documents", fault.Message, StringComparison.Ordinal);
        Assert.Contains("new.documents", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("k3y", fault.ToString(), StringComparison.Ordinal);
    }

    private async Task<LoaderConfig> ReadAsync(string text)
    {
        var path = Path.Combine(_folder, "database.properties");
        await File.WriteAllTextAsync(path, text);
        return await LoaderConfig.ReadAsync(path, CancellationToken.None);
    }
}
