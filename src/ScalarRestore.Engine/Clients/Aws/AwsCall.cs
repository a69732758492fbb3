namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>One call to AWS, for retries, rates, counts and messages.</summary>
/// <param name="Service">The service's signing name, for example <c>dynamodb</c>.</param>
/// <param name="Operation">The operation, for example <c>DescribeTable</c>.</param>
/// <param name="Target">What it is about, for messages.</param>
internal sealed record AwsCall(string Service, string Operation, string Target)
{
    /// <summary>
    /// Whether a lost answer must not lead to the same call again, because doing the work twice is not the same as doing it once. The caller
    /// observes what became of the first one and decides anew.
    /// </summary>
    public bool Once { get; init; }

    /// <summary>The IAM action.</summary>
    public string Action => $"{Service}:{Operation}";
}
