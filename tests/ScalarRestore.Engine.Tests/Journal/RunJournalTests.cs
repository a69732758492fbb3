using System.Text.Json.Nodes;
using CsCheck;
using ScalarRestore.Engine.Journal;
using ScalarRestore.Engine.Tests.Running;

namespace ScalarRestore.Engine.Tests.Journal;

public sealed class RunJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalar-journal-").FullName;
    private readonly FakeHost _host = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_written_is_read_again()
    {
        await WriteAsync(PathOf("a"), "one", "two");

        await using var journal = await OpenAsync(PathOf("a"));
        Assert.Equal(StepState.Done, journal.State.StateOf("one"));
        Assert.Equal(StepState.Done, journal.State.StateOf("two"));
        Assert.Equal(StepState.Pending, journal.State.StateOf("three"));
    }

    [Fact]
    public async Task A_torn_last_line_is_dropped_and_the_journal_goes_on()
    {
        await WriteAsync(PathOf("a"), "one", "two");
        var bytes = await File.ReadAllBytesAsync(PathOf("a"));
        await File.WriteAllBytesAsync(PathOf("a"), bytes[..^10]);

        await WriteAsync(PathOf("a"), "three");

        var state = await ReadAsync(PathOf("a"));
        Assert.Equal(StepState.Done, state.StateOf("one"));
        Assert.Equal(StepState.Pending, state.StateOf("two"));
        Assert.Equal(StepState.Done, state.StateOf("three"));
    }

    [Fact]
    public async Task A_journal_cut_at_any_byte_is_the_history_up_to_its_last_whole_line()
    {
        await WriteAsync(PathOf("a"), "one", "two", "three");
        var bytes = await File.ReadAllBytesAsync(PathOf("a"));
        for (var length = 0; length <= bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(PathOf("b"), bytes[..length]);
            await using var journal = await OpenAsync(PathOf("b"));
            var whole = bytes[..length].Count(value => value == (byte)'\n');
            Assert.Equal(whole, new[] { "one", "two", "three" }.Count(key => journal.State.StateOf(key) == StepState.Done));
        }
    }

    [Fact]
    public async Task A_change_of_any_character_is_noticed()
    {
        await WriteAsync(PathOf("a"), "one", "two", "three");
        var text = await File.ReadAllTextAsync(PathOf("a"));
        await Gen.Int[0, text.Length - 1].SampleAsync(async at =>
        {
            if (text[at] == '\n')
            {
                return;
            }

            var store = new MemoryStore();
            store.Lines.AddRange((text[..at] + (text[at] == 'x' ? 'y' : 'x') + text[(at + 1)..]).Split('\n')[..^1]);
            var fault = await Assert.ThrowsAsync<RestoreException>(() => RunJournal.OpenAsync(store, TimeProvider.System, _host, CancellationToken.None));
            Assert.Equal("JournalTampered", fault.Id);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_missing_line_is_noticed(int missing)
    {
        await WriteAsync(PathOf("a"), "one", "two", "three");
        var lines = (await File.ReadAllLinesAsync(PathOf("a"))).ToList();
        lines.RemoveAt(missing);
        await File.WriteAllTextAsync(PathOf("a"), string.Join('\n', lines) + "\n");

        var fault = await Assert.ThrowsAsync<RestoreException>(() => OpenAsync(PathOf("a")));
        Assert.Equal("JournalTampered", fault.Id);
        Assert.Contains($"Line {missing + 1}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_writer_is_kept_out_and_a_reader_is_not()
    {
        await using var journal = await OpenAsync(PathOf("a"));
        await journal.AppendAsync(JournalKinds.StepDone, "one", Evidence(), CancellationToken.None);

        var fault = await Assert.ThrowsAsync<RestoreException>(() => OpenAsync(PathOf("a")));
        Assert.Equal("JournalInUse", fault.Id);
        Assert.Equal(StepState.Done, (await ReadAsync(PathOf("a"))).StateOf("one"));
    }

    [Fact]
    public async Task The_file_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await WriteAsync(PathOf("a"), "one");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("a")));
        Assert.Equal([PathOf("a")], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Secrets_do_not_reach_the_file()
    {
        await using (var journal = await OpenAsync(PathOf("a")))
        {
            await journal.AppendAsync(
                JournalKinds.Warning,
                step: null,
                new JsonObject { ["message"] = "cannot reach jdbc:mysql://u:canary1@host/db?password=canary2&x=1 with Bearer canary3canary3" },
                CancellationToken.None);
        }

        var text = await File.ReadAllTextAsync(PathOf("a"));
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.Contains("x=1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_comes_back_as_it_was_written_whatever_its_attributes_are_called()
    {
        var step = Planning.Steps.Make("copy") with { Input = new JsonObject { ["structure"] = "api_key:HASH password=S", ["policy"] = "secret: yes" } };
        var plan = Engine.Planning.PlanBuilder.Build(RestorePhase.Restoring, [step], Planning.Steps.NoLimits);
        await using (var journal = await OpenAsync(PathOf("a")))
        {
            var phase = new PhaseRecord { Plan = plan, LeadsTo = RestorePhase.Restored };
            await journal.AppendAsync(JournalKinds.PhasePlanned, step: null, Engine.Procedures.PhaseExecutor.ToJson(phase), CancellationToken.None);
        }

        var read = (await ReadAsync(PathOf("a"))).Phase!.Plan;
        Assert.Equal(plan.Digest, read.Digest);
        Assert.Equal(plan.Digest, Engine.Planning.PlanBuilder.Build(RestorePhase.Restoring, read.Steps, read.Limits).Digest);
    }

    [Fact]
    public void A_long_line_is_packed_and_comes_back_to_the_byte()
    {
        Gen.String[Gen.Char.AlphaNumeric, 0, 200].Array[1, 400].Sample(words =>
        {
            var line = string.Join(' ', Enumerable.Repeat(string.Join('é', words), 3));
            Assert.Equal(line, PackedLine.Unpack(PackedLine.Pack(line)));
        });
        var plan = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"key\":\"copy:table{i}\",\"kind\":\"dynamodb.copy\"}},"));
        Assert.True(PackedLine.Pack(plan).Length < plan.Length / 4);
    }

    [Fact]
    public async Task Many_writers_at_once_leave_one_unbroken_chain()
    {
        await using (var journal = await OpenAsync(PathOf("a")))
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
                Task.Run(() => journal.AppendAsync(JournalKinds.StepDone, $"s{i}", Evidence(), CancellationToken.None))));
        }

        var state = await ReadAsync(PathOf("a"));
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(StepState.Done, state.StateOf($"s{i}")));
    }

    private static JsonObject Evidence() => new() { ["evidence"] = new JsonObject { ["seen"] = true } };

    private string PathOf(string run) => FileJournalStore.PathOf(_folder, run);

    private async Task WriteAsync(string path, params string[] steps)
    {
        await using var journal = await OpenAsync(path);
        foreach (var step in steps)
        {
            await journal.AppendAsync(JournalKinds.StepDone, step, Evidence(), CancellationToken.None);
        }
    }

    private Task<RunJournal> OpenAsync(string path) =>
        RunJournal.OpenAsync(FileJournalStore.OpenForWriting(path), TimeProvider.System, _host, CancellationToken.None);

    private static async Task<RunState> ReadAsync(string path)
    {
        await using var store = FileJournalStore.OpenForReading(path);
        return RunJournal.ReadState(await store.ReadAsync(CancellationToken.None), path);
    }
}
