using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using ScalarRestore.Sandbox.Azure.Identity;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Azure.Arm;

/// <summary>Azure Resource Manager: finds the call, checks who sends it and whether it may, and writes answers and errors.</summary>
internal sealed class ArmServer(AzureSubscription azure, TokenStore tokens, IEnumerable<ArmRoute> routes) : ICallTarget
{
    // What a call is about, the most telling first.
    private static readonly string[] ResourceValues = ["account", "server", "instance", "name", "group"];

    private readonly ArmRoute[] _routes = [.. routes];

    public async ValueTask<CallDescription> DescribeAsync(HttpContext context)
    {
        var request = await ArmRequest.ReadAsync(context.Request);
        var match = Find(request);
        context.Features.Set(match);
        return Describe(match);
    }

    /// <summary>What a request asks for.</summary>
    public CallDescription Describe(ArmMatch match)
    {
        if (match.Route is not { } route)
            return new CallDescription("arm", $"{match.Request.Method} {match.Request.PathText}", Resource: null, IsWrite: false);

        return new CallDescription(route.Service, match.Operation, ResourceOf(match), route.IsWrite);
    }

    /// <summary>Finds the call that a request is.</summary>
    public ArmMatch Find(ArmRequest request)
    {
        foreach (var route in _routes)
        {
            if (route.Match(request) is { } values)
                return new ArmMatch(request, route, values);
        }

        return new ArmMatch(request, Route: null, Values: null);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var match = context.Features.GetRequiredFeature<ArmMatch>();
        try
        {
            await ArmWriter.WriteAsync(context, Answer(match));
        }
        catch (ArmException e)
        {
            await ArmWriter.WriteErrorAsync(context, e);
        }
    }

    public Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var match = context.Features.GetRequiredFeature<ArmMatch>();
        var status = refusal.Status ?? (refusal.IsThrottle ? 429 : 500);
        var code = refusal.Code ?? (refusal.IsThrottle ? "TooManyRequests" : status == 503 ? "ServiceUnavailable" : "InternalServerError");
        var message = refusal.IsThrottle ? ArmErrors.TooManyRequests(1).Message : Message(match, code);
        return ArmWriter.WriteErrorAsync(context, new ArmException(status, code, message) { RetryAfter = refusal.IsThrottle ? 1 : null });
    }

    /// <summary>Does the work.</summary>
    /// <exception cref="ArmException">The error to answer.</exception>
    public ArmAnswer Answer(ArmMatch match)
    {
        var request = match.Request;
        var caller = tokens.Verify(request);
        if (string.IsNullOrEmpty(request.ApiVersion))
            throw ArmErrors.MissingApiVersion();

        if (match.Route is not { } route)
            throw ArmErrors.NoSuchPath(request.Method, request.PathText);

        if (request.HasBrokenBody)
            throw ArmErrors.InvalidContent("The body is no JSON object.");

        lock (azure.Lock)
        {
            var now = azure.Advance();
            var values = match.Values!;
            if (values.TryGetValue("subscription", out var subscription)
                && !string.Equals(subscription, azure.Id, StringComparison.OrdinalIgnoreCase))
                throw ArmErrors.SubscriptionNotFound(subscription);

            azure.Throttle($"{route.Service}:{match.Operation}", now);
            if (azure.Settings.DeniedActions.Any(d => Glob.Matches(d, route.Action)))
                throw ArmErrors.AuthorizationFailed(caller, route.Action, request.PathText);

            if (route.IsInGroup)
                azure.GetGroup(values["group"]);

            // A read-only lock stands even in the way of posts that only ask, such as for keys.
            if (request.Method is not ("GET" or "HEAD")
                && azure.FindLock(request.PathText, request.Method == "DELETE") is { } held)
                throw ArmErrors.ScopeLocked(request.PathText, request.Method == "DELETE", held.Scope);

            return route.Run(new ArmCall(azure, request, values, now));
        }
    }

    private string? ResourceOf(ArmMatch match)
    {
        if (match.Values!.TryGetValue("operation", out var id))
        {
            lock (azure.Lock)
            {
                return azure.Operations.Find(id)?.Resource;
            }
        }

        return Array.Find(ResourceValues, match.Values.ContainsKey) is { } value ? match.Values[value] : null;
    }

    // While a restore goes on, Cosmos DB's operation is known to answer this although nothing is wrong (domain/azure.md, section 1.4).
    private string Message(ArmMatch match, string code) => code == "Forbidden" && match.Operation == "OperationStatus"
        ? string.Create(CultureInfo.InvariantCulture, $"Database Account {ResourceOf(match)}-{match.Values!["location"]} does not exist")
        : "Injected by the fault plan.";
}
