namespace ScalarRestore.Sandbox.Azure.Identity;

/// <summary>A bearer token.</summary>
/// <param name="Text">The token.</param>
/// <param name="ObjectId">Whose it is.</param>
/// <param name="Resource">What it is for.</param>
/// <param name="ExpiresOn">The end of it as clients are told, in real time.</param>
/// <param name="EndsAt">The end of it in sandbox time.</param>
internal sealed record IssuedToken(string Text, string ObjectId, string Resource, DateTimeOffset ExpiresOn, DateTimeOffset EndsAt);
