using System.Globalization;
using System.Text;

namespace ScalarRestore.Drill.Databases.Rds;

/// <summary>Rows as ScalarDB writes them, in a schema with several tables; written, spoilt and read at an endpoint as a workload reaches it.</summary>
internal sealed class RowStore(int tables, int items, string password)
{
    private const string Mark = "-- table ";
    private const int Rubbish = 5;

    private IEnumerable<string> Names => Enumerable.Range(1, tables).Select(i => string.Create(CultureInfo.InvariantCulture, $"app.t{i}"));

    /// <summary>Makes the tables and writes known rows.</summary>
    public Task FillAsync(string url, CancellationToken cancellationToken) => EachAsync(
        url,
        table => $"""
            CREATE TABLE {table} (id int PRIMARY KEY, value text, amount bigint, tx_id text, tx_state int, tx_version int);
            {Insert(table, 0, items, "good")}
            """,
        cancellationToken,
        "CREATE SCHEMA app;");

    /// <summary>Does what an application does.</summary>
    public Task WorkAsync(string url, CancellationToken cancellationToken) => EachAsync(
        url, table => $"UPDATE {table} SET amount = amount + 1, tx_version = tx_version + 1, tx_id = 'work' || id WHERE id % 2 = 0;", cancellationToken);

    /// <summary>Deletes a third of the rows, overwrites a third, and adds rubbish.</summary>
    public Task SpoilAsync(string url, CancellationToken cancellationToken) => EachAsync(
        url,
        table => $"""
            DELETE FROM {table} WHERE id % 3 = 0;
            UPDATE {table} SET value = 'spoilt' WHERE id % 3 = 1;
            {Insert(table, items, Rubbish, "rubbish")}
            """,
        cancellationToken);

    /// <summary>Reads every row.</summary>
    public async Task<Snapshot> ReadAsync(string url, CancellationToken cancellationToken)
    {
        var sql = string.Join('\n', Names.Select(table => $"\\echo '{Mark}{table}'\nCOPY (SELECT * FROM {table}) TO STDOUT;"));
        var snapshot = new Snapshot();
        var text = await Psql.RunAsync(url, RdsSource.User, password, sql, cancellationToken);
        foreach (var part in text.Split(Mark, StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = part.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            snapshot.Add(lines[0].Trim(), lines[1..]);
        }

        return snapshot;
    }

    private static string Insert(string table, int first, int count, string value) => string.Create(
        CultureInfo.InvariantCulture, $"INSERT INTO {table} SELECT i, '{value}', i, 'tx' || i, 3, 1 FROM generate_series({first}, {first + count - 1}) AS i;");

    private Task EachAsync(string url, Func<string, string> sql, CancellationToken cancellationToken, string first = "")
    {
        var script = new StringBuilder("BEGIN;\n").AppendLine(first);
        foreach (var table in Names)
        {
            script.AppendLine(sql(table));
        }

        return Psql.RunAsync(url, RdsSource.User, password, script.AppendLine("COMMIT;").ToString(), cancellationToken);
    }
}
