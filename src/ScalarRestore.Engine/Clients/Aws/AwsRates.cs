using System.Collections.Concurrent;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>The rate budgets of one account and region. Operations that are not listed have none: AWS takes them fast enough.</summary>
internal sealed class AwsRates(TimeProvider clock)
{
    /// <summary>A little below the documented rates, since other users of the account call as well.</summary>
    private const double Share = 0.9;

    private static readonly IReadOnlyDictionary<string, double> PerSecond = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["dynamodb:DescribeContinuousBackups"] = 10,
        ["dynamodb:UpdateContinuousBackups"] = 10,
        ["dynamodb:RestoreTableToPointInTime"] = 10,
        ["dynamodb:RestoreTableFromBackup"] = 10,
        ["dynamodb:DescribeBackup"] = 10,
        ["dynamodb:DeleteBackup"] = 10,
        ["dynamodb:CreateBackup"] = 50,
        ["dynamodb:ListBackups"] = 5,
        ["dynamodb:ListTagsOfResource"] = 10,
        ["dynamodb:TagResource"] = 5,
        ["dynamodb:UntagResource"] = 5,
        ["application-autoscaling:DescribeScalableTargets"] = 10,
        ["application-autoscaling:DescribeScalingPolicies"] = 10,
        ["application-autoscaling:DescribeScheduledActions"] = 10,
        ["application-autoscaling:RegisterScalableTarget"] = 10,
        ["application-autoscaling:PutScalingPolicy"] = 10,
        ["application-autoscaling:PutScheduledAction"] = 10,
    };

    private readonly ConcurrentDictionary<string, RateBudget?> _budgets = new(StringComparer.Ordinal);

    /// <summary>Waits until the call may be sent.</summary>
    public Task TakeAsync(AwsCall call, CancellationToken cancellationToken)
    {
        var budget = _budgets.GetOrAdd(
            call.Action,
            action => PerSecond.TryGetValue(action, out var rate) ? new RateBudget(clock, rate * Share) : null);
        return budget?.TakeAsync(cancellationToken) ?? Task.CompletedTask;
    }
}
