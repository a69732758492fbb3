using System.Globalization;
using System.Text.Json.Nodes;

namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>The long-running operations of a subscription: their addresses, their status, and their end (domain/azure.md, sections 1.3, 2
/// and 3).</summary>
internal sealed class OperationStore(AzureSubscription azure)
{
    private readonly Dictionary<string, ArmOperation> _operations = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The operation of that id, however old; null where there was none.</summary>
    public ArmOperation? Find(string id) => _operations.GetValueOrDefault(id);

    /// <summary>All operations, the oldest first.</summary>
    public IEnumerable<ArmOperation> All => _operations.Values.OrderBy(o => o.StartedAt);

    /// <summary>Begins an operation, whose addresses carry a signature of some kilobytes.</summary>
    /// <param name="call">The call that began it.</param>
    /// <param name="id">An id made by <see cref="AzureSubscription.NewGuid"/>.</param>
    /// <param name="provider">The resource provider.</param>
    /// <param name="location">Where it runs.</param>
    /// <param name="resourceId">What it is about.</param>
    /// <param name="endsAt">When it ends.</param>
    public ArmOperation Begin(ArmCall call, string id, string provider, string location, string resourceId, DateTimeOffset endsAt) =>
        new()
        {
            Id = id,
            Provider = provider,
            Location = AzureLocations.Name(location),
            ResourceId = resourceId,
            Resource = resourceId[(resourceId.LastIndexOf('/') + 1)..],
            StartedAt = call.Now,
            EndsAt = endsAt,
            Query = $"api-version={call.Request.ApiVersion}" + Signature(call.Now),
        };

    /// <summary>Keeps an operation and gives its headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers(ArmCall call, ArmOperation operation)
    {
        _operations[operation.Id] = operation;
        var headers = new List<KeyValuePair<string, string>>
        {
            new("Azure-AsyncOperation", $"{call.Request.Address}{operation.StatusPath(azure.Id)}?{operation.Query}"),
            new("Location", $"{call.Request.Address}{operation.ResultPath(azure.Id)}?{operation.Query}"),
        };
        if (operation.RetryAfter is { } seconds)
            headers.Add(new("Retry-After", azure.CallerSeconds(seconds)));

        return headers;
    }

    /// <summary>Answers at the address of Azure-AsyncOperation.</summary>
    public ArmAnswer Status(ArmCall call)
    {
        var operation = Get(call);
        var body = new JsonObject { ["status"] = operation.Status(call.Now) };
        if (!operation.IsCosmos)
        {
            body["name"] = operation.Id;
            body["startTime"] = AzureTime.Fine(operation.StartedAt);
            if (call.Now >= operation.EndsAt)
                body["endTime"] = AzureTime.Fine(operation.EndsAt);
        }

        if (call.Now >= operation.EndsAt && operation.Error is { } error)
            body["error"] = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };

        return new ArmAnswer(200, body)
        {
            Headers = operation.RetryAfter is { } seconds && call.Now < operation.EndsAt
                ? [new("Retry-After", azure.CallerSeconds(seconds))]
                : [],
        };
    }

    /// <summary>Answers at the address of Location.</summary>
    public ArmAnswer Result(ArmCall call)
    {
        var operation = Get(call);
        if (call.Now < operation.EndsAt)
            return new ArmAnswer(202) { Headers = Headers(call, operation) };

        if (operation.Error is { } error)
            throw new ArmException(409, error.Code, error.Message);

        return operation.Result() is { } resource ? ArmAnswer.Ok(resource) : new ArmAnswer(204);
    }

    private ArmOperation Get(ArmCall call)
    {
        var id = call["operation"];
        if (Find(id) is not { } operation || call.Now > operation.EndsAt + TimeSpan.FromSeconds(azure.Settings.OperationRecordSeconds))
            throw new ArmException(404, "NotFound", $"The operation '{id}' was not found.");

        return IsSigned(call.Request, operation)
            ? operation
            : throw new ArmException(400, "InvalidOperationUri", "The signature of the operation's address is missing or not valid.");
    }

    private static bool IsSigned(ArmRequest request, ArmOperation operation) => operation.Query.Split('&').Skip(1).All(part =>
    {
        var pair = part.Split('=', 2);
        return request.Query.GetValueOrDefault(pair[0]) == pair[1];
    });

    // As real ones: t is a time, c a certificate, s a signature, h a hash. Whoever finds the word in a log or a journal knows that a
    // secret went astray.
    private string Signature(DateTimeOffset now)
    {
        var ticks = now.UtcTicks.ToString(CultureInfo.InvariantCulture);
        return $"&t={ticks}&c=MII{azure.NewText(3600)}&s=sig-canary-{azure.NewGuid()}{azure.NewText(300)}&h={azure.NewText(43)}";
    }
}
