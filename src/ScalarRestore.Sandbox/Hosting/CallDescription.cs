namespace ScalarRestore.Sandbox.Hosting;

/// <summary>What a request asks for, as far as the fault plan and the call log want to know.</summary>
/// <param name="Service">kubernetes, dynamodb, rds, application-autoscaling, sts, arm, cosmos, mysql, postgresql, identity.</param>
/// <param name="Operation">The operation's name in its service.</param>
/// <param name="Resource">The table, the database, or namespace/name; null where the call is about no single thing.</param>
/// <param name="IsWrite">Whether the call can change state.</param>
internal readonly record struct CallDescription(string Service, string Operation, string? Resource, bool IsWrite);
