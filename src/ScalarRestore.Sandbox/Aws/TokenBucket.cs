namespace ScalarRestore.Sandbox.Aws;

/// <summary>A rate limit in sandbox time. One second's worth may come at once.</summary>
internal sealed class TokenBucket
{
    private double _tokens = double.MaxValue;
    private DateTimeOffset _at;

    public bool TryTake(double rate, DateTimeOffset now)
    {
        var capacity = Math.Max(rate, 1);
        _tokens = Math.Min(capacity, _tokens + ((now - _at).TotalSeconds * rate));
        _at = now;
        if (_tokens < 1)
            return false;

        _tokens--;
        return true;
    }
}
