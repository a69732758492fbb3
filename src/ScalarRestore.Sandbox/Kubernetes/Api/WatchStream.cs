using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using ScalarRestore.Sandbox.Kubernetes.Storage;

namespace ScalarRestore.Sandbox.Kubernetes.Api;

/// <summary>Sends the changes that match a query, one JSON document a line, until the client's time is up.</summary>
internal sealed class WatchStream(ObjectStore store, ListQuery query, TimeSpan bookmarkEvery)
{
    private bool _headingsSent;

    public async Task RunAsync(HttpContext context, CancellationToken cancellationToken)
    {
        // The seconds come from the client's own clock, so they are real ones.
        string? limit = context.Request.Query["timeoutSeconds"];
        var seconds = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : 1800;
        var end = store.Clock.Now + (TimeSpan.FromSeconds(seconds) * store.Clock.Scale);
        var bookmarks = context.Request.Query["allowWatchBookmarks"] == "true";
        var nextBookmark = store.Clock.Now + bookmarkEvery;

        context.Response.StatusCode = 200;
        context.Response.ContentType = "application/json";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var position = long.TryParse(query.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : 0;
        if (position == 0)
        {
            (position, var first) = Everything();
            await SendAsync(context, first, cancellationToken);
        }

        // The client waits for the head of the answer, also where there is nothing to tell yet.
        await context.Response.Body.FlushAsync(cancellationToken);

        while (store.Clock.Now < end)
        {
            var (events, changed, reached) = Next(position);
            position = reached;
            await SendAsync(context, events, cancellationToken);
            if (changed is null)
            {
                return;
            }

            if (events.Count == 0)
            {
                var until = bookmarks && nextBookmark < end ? nextBookmark : end;
                await WaitAsync(changed, until, cancellationToken);
            }

            if (bookmarks && store.Clock.Now >= nextBookmark)
            {
                nextBookmark = store.Clock.Now + bookmarkEvery;
                await SendAsync(context, [Event("BOOKMARK", Bookmark(position))], cancellationToken);
            }
        }
    }

    private static JsonObject Event(string type, JsonObject item) => new() { ["type"] = type, ["object"] = item };

    private static async Task SendAsync(HttpContext context, IReadOnlyList<JsonObject> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        var text = new StringBuilder();
        foreach (var item in events)
        {
            text.Append(item.ToJsonString()).Append('\n');
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    private (long Position, IReadOnlyList<JsonObject> Events) Everything()
    {
        lock (store.Gate)
        {
            var items = store.List(query.Type, query.Type.Namespaced ? query.Namespace : "").Where(query.Matches);
            return (store.Version, [.. items.Select(item => Event("ADDED", Shown(item)))]);
        }
    }

    /// <summary>The events after a position; no task to wait for where the stream must end.</summary>
    private (IReadOnlyList<JsonObject> Events, Task? Changed, long Position) Next(long position)
    {
        lock (store.Gate)
        {
            if (store.Since(position) is not { } changes)
            {
                var gone = ApiException.Expired($"too old resource version: {position} ({store.Floor})");
                return ([Event("ERROR", gone.ToStatus())], null, position);
            }

            var events = changes.Where(change => change.Key == query.Type.Key).Select(ToEvent).OfType<JsonObject>();
            return ([.. events], store.Changed, Math.Max(position, store.Version));
        }
    }

    /// <summary>What a change looks like through the selectors: an object that no longer matches is deleted for this watcher.</summary>
    private JsonObject? ToEvent(Change change)
    {
        var before = change.Before is not null && query.Matches(change.Before);
        var after = change.After is not null && query.Matches(change.After);
        return (before, after) switch
        {
            (false, true) => Event("ADDED", Shown(change.Last)),
            (true, true) => Event("MODIFIED", Shown(change.Last)),
            (true, false) => Event("DELETED", Shown(change.Last)),
            _ => null,
        };
    }

    private JsonObject Shown(JsonObject item)
    {
        if (!query.AsTable)
        {
            return query.Shown(item).Copy();
        }

        var table = TablePrinter.Print(query.Type, [query.Shown(item)], item.ResourceVersion(), query.Include, store.Clock.Now, headings: !_headingsSent);
        _headingsSent = true;
        return table;
    }

    private JsonObject Bookmark(long position)
    {
        if (query.AsTable)
        {
            return TablePrinter.Print(query.Type, [], TablePrinter.Text(position), query.Include, store.Clock.Now, headings: false);
        }

        return new JsonObject
        {
            ["kind"] = query.Type.Kind,
            ["apiVersion"] = query.Type.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = TablePrinter.Text(position), ["creationTimestamp"] = null },
        };
    }

    private async Task WaitAsync(Task changed, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, store.Clock.Delay(until - store.Clock.Now, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
