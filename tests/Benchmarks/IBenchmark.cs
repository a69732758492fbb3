using System.Text.Json.Nodes;

namespace ScalarRestore.Benchmarks;

/// <summary>One verb of the command line.</summary>
internal interface IBenchmark
{
    /// <summary>The verb.</summary>
    string Name { get; }

    /// <summary>What <c>--help</c> prints of it.</summary>
    string Usage { get; }

    /// <summary>Runs it and prints what people want to see.</summary>
    /// <param name="args">The rest of the command line.</param>
    /// <param name="output">For people.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>All figures, for machines.</returns>
    /// <exception cref="ArgumentException">The arguments are wrong.</exception>
    Task<JsonObject> RunAsync(IReadOnlyList<string> args, TextWriter output, CancellationToken cancellationToken);
}
