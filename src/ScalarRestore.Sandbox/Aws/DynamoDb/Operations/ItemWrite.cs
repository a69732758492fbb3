using ScalarRestore.Sandbox.Aws.DynamoDb.Items;

namespace ScalarRestore.Sandbox.Aws.DynamoDb.Operations;

/// <summary>A write that was read and checked, but not done yet.</summary>
/// <param name="Key">Of which item.</param>
/// <param name="Condition">Must hold of the item before.</param>
/// <param name="Change">The item after; null deletes it.</param>
/// <param name="Touched">The attributes that an update names.</param>
internal sealed record ItemWrite(ItemKey Key, Predicate<Item?> Condition, Func<Item?, Item?> Change, IReadOnlySet<string> Touched);
