namespace ScalarRestore.Sandbox.Aws;

/// <summary>Who signed a request, and for which region.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Region">The region of the credential scope.</param>
/// <param name="Arn">The user, or the assumed role with its session.</param>
/// <param name="UserId">The unique id that GetCallerIdentity answers.</param>
internal sealed record AwsCaller(string Account, string Region, string Arn, string UserId);
