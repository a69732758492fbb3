using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ScalarRestore.Sandbox.Hosting;

/// <summary>The sandbox's listeners, all on the loopback address, each with its own handler.</summary>
internal sealed class Listeners
{
    public ListenOptions? Kubernetes { get; set; }

    public ListenOptions? Aws { get; set; }

    public ListenOptions? Arm { get; set; }

    public ListenOptions? Identity { get; set; }

    public ListenOptions? Control { get; set; }

    /// <summary>Opens a listener. Its address holds the real port once the server has started.</summary>
    public static ListenOptions Add(
        KestrelServerOptions kestrel, int port, RequestDelegate handler, Action<ListenOptions>? configure = null)
    {
        ListenOptions? added = null;
        kestrel.Listen(IPAddress.Loopback, port, listener =>
        {
            added = listener;
            configure?.Invoke(listener);

            // The connection carries its listener's handler along, so no port has to be compared.
            listener.Use(next => connection =>
            {
                connection.Features.Set(new Handler(handler));
                return next(connection);
            });
        });
        return added!;
    }

    /// <summary>The address of a started listener.</summary>
    public static Uri Url(ListenOptions? listener, string scheme = "http") =>
        new UriBuilder(scheme, IPAddress.Loopback.ToString(), listener!.IPEndPoint!.Port).Uri;

    /// <summary>The address of a started listener by the name localhost, for clients that check names in certificates but not numbers.</summary>
    public static Uri NamedUrl(ListenOptions? listener, string scheme) =>
        new UriBuilder(scheme, "localhost", listener!.IPEndPoint!.Port).Uri;

    /// <summary>Hands a request to the handler of the listener it came by.</summary>
    public static Task DispatchAsync(HttpContext context) => context.Features.GetRequiredFeature<Handler>().Delegate(context);

    private sealed record Handler(RequestDelegate Delegate);
}
