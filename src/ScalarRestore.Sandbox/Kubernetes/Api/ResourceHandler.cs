using System.Text.Json.Nodes;
using ScalarRestore.Sandbox.Kubernetes.Controllers;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Answers requests for resources, after the user has been found to be allowed.</summary>
internal sealed class ResourceHandler(ObjectStore store, ObjectWriter writer, Reviews reviews, Authority authority, PodLogs logs, TimeSpan bookmarkEvery)
{
    public async Task HandleAsync(HttpContext context, ResourceType type, RequestTarget target, User user, CancellationToken cancellationToken)
    {
        var request = context.Request;
        if (target.Subresource.Length > 0 && !type.Subresources.Contains(target.Subresource, StringComparer.Ordinal) && !IsTokenRequest(type, target))
        {
            // Connections that would be upgraded (exec, attach, port-forward, proxy) are not offered.
            throw target.Subresource is "exec" or "attach" or "portforward" or "proxy"
                ? ApiException.BadRequest($"the sandbox does not serve pods/{target.Subresource}")
                : ApiException.NoSuchPath();
        }

        switch (request.Method)
        {
            case "GET" when RequestTarget.IsWatch(request):
                await new WatchStream(store, Query(request, type, target), bookmarkEvery).RunAsync(context, cancellationToken);
                break;
            case "GET" when target.Subresource == "log":
                await Answers.WriteTextAsync(context, logs.Read(request, target), cancellationToken);
                break;
            case "GET":
                await Answers.WriteAsync(context, 200, Read(request, type, target), cancellationToken);
                break;
            case "POST" or "PUT" or "PATCH" or "DELETE":
                var body = await RequestBody.ReadAsync(request, cancellationToken);
                var (code, answer) = Write(request, type, target, user, body);
                await Answers.WriteAsync(context, code, Form(request, type, target, answer), cancellationToken);
                break;
            default:
                throw ApiException.MethodNotAllowed();
        }
    }

    private static bool IsTokenRequest(ResourceType type, RequestTarget target) =>
        type.Key == BuiltInTypes.ServiceAccounts.Key && target.Subresource == "token";

    private static bool IsDryRun(HttpRequest request) => request.Query["dryRun"] == "All";

    private static ListQuery Query(HttpRequest request, ResourceType type, RequestTarget target)
    {
        var query = ListQuery.Read(request, type, target);
        if (target.HasName)
        {
            // The old form of a watch on one object.
            var named = FieldSelector.Parse($"metadata.name={target.Name}", type);
            return query with { Fields = named };
        }

        return query;
    }

    private JsonObject Read(HttpRequest request, ResourceType type, RequestTarget target)
    {
        if (!type.Verbs.Contains("get", StringComparer.Ordinal))
        {
            throw ApiException.MethodNotAllowed();
        }

        lock (store.Gate)
        {
            if (!target.HasName)
            {
                return ListQuery.Read(request, type, target).Run(store);
            }

            var item = ListQuery.Shown(type, Find(type, target));
            if (target.Subresource == "scale")
            {
                return ScaleView.Of(type, item);
            }

            return ListQuery.WantsTable(request)
                ? TablePrinter.Print(type, [item], item.ResourceVersion(), request.Query["includeObject"], store.Clock.Now)
                : item;
        }
    }

    private (int Code, JsonObject Answer) Write(HttpRequest request, ResourceType type, RequestTarget target, User user, RequestBody body)
    {
        lock (store.Gate)
        {
            switch (request.Method)
            {
                case "POST" when IsTokenRequest(type, target):
                    return (201, Token(type, target, body));
                case "POST" when target.Subresource == "eviction":
                    return (201, Evict(type, target, body));
                case "POST" when !type.Verbs.Contains("get", StringComparer.Ordinal):
                    return (201, reviews.Answer(type, user, body.ParseObject()) ?? throw ApiException.MethodNotAllowed());
                case "POST" when !target.HasName:
                    return (201, writer.Create(type, target.Namespace, body.ParseObject(), IsDryRun(request)));
                case "PUT" when target.HasName:
                    return (200, Replace(request, type, target, body));
                case "PATCH" when target.HasName:
                    return Patch(request, type, target, body);
                case "DELETE" when target is { HasName: true, Subresource: "" }:
                    return (200, Delete(type, Find(type, target), DeleteOptions.Read(request, body.Parse() as JsonObject)));
                case "DELETE" when !target.HasName:
                    return (200, DeleteAll(request, type, target, body));
                default:
                    throw ApiException.MethodNotAllowed();
            }
        }
    }

    private JsonObject Find(ResourceType type, RequestTarget target) =>
        store.Find(type, type.Namespaced ? target.Namespace : "", target.Name) ?? throw ApiException.NotFound(type, target.Name);

    private JsonObject Replace(HttpRequest request, ResourceType type, RequestTarget target, RequestBody body)
    {
        var before = Find(type, target);
        if (target.Subresource == "scale")
        {
            return ScaleView.Of(type, writer.Update(type, before, ScaleView.Apply(type, before, body.ParseObject()), "scale", IsDryRun(request)));
        }

        return writer.Update(type, before, body.ParseObject(), target.Subresource, IsDryRun(request));
    }

    private (int Code, JsonObject Answer) Patch(HttpRequest request, ResourceType type, RequestTarget target, RequestBody body)
    {
        if (body.ContentType == Patching.ApplyType && store.Find(type, type.Namespaced ? target.Namespace : "", target.Name) is null)
        {
            var made = body.ParseObject();
            made.Metadata()["name"] = target.Name;
            return (201, writer.Create(type, target.Namespace, made, IsDryRun(request)));
        }

        var before = Find(type, target);
        if (target.Subresource == "scale")
        {
            var scale = Patching.Apply(type, ScaleView.Of(type, before), body, plain: true);
            return (200, ScaleView.Of(type, writer.Update(type, before, ScaleView.Apply(type, before, scale), "scale", IsDryRun(request))));
        }

        var patched = Patching.Apply(type, ListQuery.Shown(type, before), body);
        return (200, writer.Update(type, before, patched, target.Subresource, IsDryRun(request)));
    }

    private JsonObject Delete(ResourceType type, JsonObject item, DeleteOptions options)
    {
        var (left, gone) = writer.Delete(type, item, options);
        if (!gone || type.Kind is "Pod" or "Service" or "ServiceAccount")
        {
            return left;
        }

        var details = new JsonObject { ["name"] = item.Name() };
        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }

        details["kind"] = type.Plural;
        details["uid"] = item.Uid();
        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details };
    }

    private JsonObject DeleteAll(HttpRequest request, ResourceType type, RequestTarget target, RequestBody body)
    {
        if (!type.Verbs.Contains("deletecollection", StringComparer.Ordinal))
        {
            throw ApiException.MethodNotAllowed();
        }

        var query = ListQuery.Read(request, type, target) with { AsTable = false, Limit = 0 };
        var list = query.Run(store);
        var options = DeleteOptions.Read(request, body.Parse() as JsonObject);
        foreach (var item in store.List(type, type.Namespaced ? target.Namespace : "").Where(query.Matches).ToList())
        {
            writer.Delete(type, item, options);
        }

        return list;
    }

    private JsonObject Evict(ResourceType type, RequestTarget target, RequestBody body)
    {
        writer.Delete(type, Find(type, target), new DeleteOptions(GraceSeconds: body.Parse().NumberAt("deleteOptions", "gracePeriodSeconds")));
        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201 };
    }

    private JsonObject Token(ResourceType type, RequestTarget target, RequestBody body)
    {
        var account = Find(type, target);
        var answer = body.Parse() as JsonObject ?? [];
        answer["apiVersion"] = "authentication.k8s.io/v1";
        answer["kind"] = "TokenRequest";
        answer["status"] = new JsonObject
        {
            ["token"] = authority.NewToken(User.ServiceAccount(account.Namespace(), account.Name())),
            ["expirationTimestamp"] = store.Clock.Now.AddHours(1).Stamp(),
        };
        return answer;
    }

    /// <summary>kubectl asks for tables also when it writes with a printer that needs none; only whole objects are turned.</summary>
    private JsonObject Form(HttpRequest request, ResourceType type, RequestTarget target, JsonObject answer) =>
        ListQuery.WantsTable(request) && target.Subresource.Length == 0 && answer.TextAt("kind") == type.Kind
            ? TablePrinter.Print(type, [answer], answer.ResourceVersion(), request.Query["includeObject"], store.Clock.Now)
            : answer.TextAt("kind") == type.Kind ? ListQuery.Shown(type, answer) : answer;
}
