using ScalarRestore.Drill.World;

namespace ScalarRestore.Drill.Databases;

/// <summary>One kind of databases among several.</summary>
/// <param name="Name">What the releases' properties call the storage.</param>
/// <param name="Databases">The databases.</param>
/// <param name="Releases">The releases that store into them.</param>
internal sealed record WorldPart(string Name, IWorldDatabases Databases, IReadOnlyList<ReleaseSpec> Releases);
