using System.Text.Json.Nodes;
using ScalarRestore.Engine.Running;

namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>
/// Looks after an operation. <see cref="LookAsync"/> is one look, for <see cref="Poller.UntilAsync"/>, so that deadline, progress and
/// stopping are the engine's. It holds the operation's signed URLs in memory and nowhere else.
/// </summary>
/// <remarks>
/// The operation's record may be refused (Cosmos DB answers 403 "does not exist" although the restore goes on and succeeds:
/// github.com/Azure/azure-cli/issues/32608) or be gone; then the resource is asked. A change of a resource that already is
/// <c>Succeeded</c> cannot be told from it before it begins, so compare what was changed afterwards.
/// </remarks>
internal sealed class ArmPoll
{
    private const string InProgress = "InProgress";
    private static readonly int[] Tolerated = [400, 403, 404, 410, 412];
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly ArmSender _sender;
    private readonly Uri? _asyncUrl;
    private readonly Uri? _locationUrl;
    private readonly bool _isOver;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private string _status = InProgress;

    /// <summary>Looks after an operation of another process.</summary>
    public ArmPoll(ArmSender sender, ArmOperation operation)
    {
        _sender = sender;
        Operation = operation;
    }

    /// <summary>Looks after an operation that was just accepted.</summary>
    public ArmPoll(ArmSender sender, ArmOperation operation, ArmAnswer answer)
        : this(sender, operation)
    {
        Answer = answer.Body;
        _asyncUrl = answer.AsyncUrl;
        _locationUrl = answer.LocationUrl;
        Heed(answer);

        // Actions and deletions that were done at once leave nothing to look at.
        _isOver = answer.Status is 200 or 204 && operation.Method is "POST" or "DELETE" && (_asyncUrl ?? _locationUrl) is null;
        _isOver |= answer.Status == 204 && operation.Method == "DELETE";
    }

    /// <summary>The operation, to be journaled.</summary>
    public ArmOperation Operation { get; }

    /// <summary>What was answered when it was begun; null if that was nothing, or in another process. It is not yet the outcome.</summary>
    public JsonObject? Answer { get; }

    /// <summary>
    /// One look. Done is the resource as it then is; for an action its answer, null if it has none or it is not known; for a deletion null.
    /// Between two looks the service's <c>Retry-After</c> is kept: an earlier look repeats what was seen and sends nothing.
    /// </summary>
    /// <exception cref="RestoreException">The operation failed or was canceled, or Azure could not be asked.</exception>
    public async Task<Observation<JsonObject?>> LookAsync(CancellationToken cancellationToken)
    {
        if (_isOver)
            return new Observation<JsonObject?>(Done: true, "Succeeded", Answer);
        if (_sender.Clock.GetUtcNow() < _notBefore)
            return Running(_status);

        var seen = await SeeAsync(cancellationToken).ConfigureAwait(false);
        _status = seen.Status;
        return seen;
    }

    private async Task<Observation<JsonObject?>> SeeAsync(CancellationToken cancellationToken)
    {
        if ((_asyncUrl ?? _locationUrl) is not { } url)
            return await ResourceAsync(recordSucceeded: false, cancellationToken).ConfigureAwait(false);

        var answer = await _sender.FollowAsync(url, Operation.ResourceId, Tolerated, cancellationToken).ConfigureAwait(false);
        Heed(answer);
        if (!answer.IsSuccess)
            return await ResourceAsync(recordSucceeded: false, cancellationToken).ConfigureAwait(false);
        if (_asyncUrl is null)
            return answer.Status == 202 ? Running(InProgress) : await OutcomeAsync(answer, cancellationToken).ConfigureAwait(false);

        var status = ArmStates.Text(answer.Body?["status"]) ?? InProgress;
        switch (ArmStates.Of(status))
        {
            case ArmState.Running:
                return Running(status);
            case ArmState.Succeeded when Operation.Method == "POST" && _locationUrl is not null:
                var result = await _sender.FollowAsync(_locationUrl, Operation.ResourceId, Tolerated, cancellationToken).ConfigureAwait(false);
                return result.Status == 202 ? Running(InProgress) : await OutcomeAsync(result, cancellationToken).ConfigureAwait(false);
            case ArmState.Succeeded:
                return await OutcomeAsync(answer: null, cancellationToken).ConfigureAwait(false);
            default:
                throw ArmFaults.Ended(Operation, status, ArmError.Of(answer.Body?["error"] as JsonObject), answer);
        }
    }

    private Task<Observation<JsonObject?>> OutcomeAsync(ArmAnswer? answer, CancellationToken cancellationToken) => Operation.Method switch
    {
        "POST" => Task.FromResult(Done(answer is { IsSuccess: true } ? answer.Body : null)),
        "DELETE" => Task.FromResult(Done(null)),
        _ => ResourceAsync(recordSucceeded: true, cancellationToken),
    };

    private async Task<Observation<JsonObject?>> ResourceAsync(bool recordSucceeded, CancellationToken cancellationToken)
    {
        var path = ArmPath.Of(Operation.ResourceId);
        var answer = await _sender.SendAsync("GET", path, Operation.ApiVersion, body: null, [403, 404], cancellationToken).ConfigureAwait(false);
        Heed(answer);
        if (answer.Status == 404 || IsMissing(answer))
            return Operation.Method == "DELETE" ? Done(null) : Running("Missing");
        if (!answer.IsSuccess)
            throw ArmFaults.From(answer, new ArmCall("GET", path, path.Path));
        if (answer.Body is null)
            throw ArmFaults.NotUnderstood(answer, new ArmCall("GET", path, path.Path));

        if (ArmStates.WordIn(answer.Body) is not { } word)
        {
            // Parts of a resource have no state of their own: they are there or not.
            return Operation.Method == "DELETE" || !(recordSucceeded || path.IsChild) ? Running(InProgress) : Found(answer.Body);
        }

        return ArmStates.Of(word) switch
        {
            ArmState.Failed or ArmState.Canceled => throw ArmFaults.Ended(Operation, word, ArmError.Of(body: null), answer),
            _ when Operation.Method == "DELETE" => Running(word),
            ArmState.Succeeded => Found(answer.Body),
            _ => recordSucceeded && !ArmStates.IsMoving(word) ? Found(answer.Body) : Running(word),
        };
    }

    // Cosmos DB may say of an account that is being restored that it is forbidden, because it does not exist.
    private static bool IsMissing(ArmAnswer answer) =>
        answer.Status == 403 && ArmError.Of(answer.Body).Message.Contains("does not exist", StringComparison.OrdinalIgnoreCase);

    // The resource is not the answer of an action.
    private Observation<JsonObject?> Found(JsonObject resource) => Done(Operation.Method == "POST" ? null : resource);

    private static Observation<JsonObject?> Done(JsonObject? value) => new(Done: true, "Succeeded", value);

    private static Observation<JsonObject?> Running(string status) => new(Done: false, ArmText.Clean(status), Value: null);

    private void Heed(ArmAnswer answer)
    {
        if (answer.RetryAfter is { } asked)
            _notBefore = _sender.Clock.GetUtcNow() + (asked < LongestPause ? asked : LongestPause);
    }
}
