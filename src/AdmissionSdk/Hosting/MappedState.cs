using System.Collections.Concurrent;

namespace AdmissionSdk.Hosting;

/// <summary>Remembers whether the webhooks are mapped, which happens once: with two endpoints on a path, routing could choose neither.</summary>
internal sealed class MappedState
{
    private readonly ConcurrentDictionary<string, (string Registered, string Served)> _routes = new(StringComparer.Ordinal);
    private int _mapped;

    public bool IsMapped => Volatile.Read(ref _mapped) == 1;

    /// <exception cref="InvalidOperationException">The webhooks are mapped already.</exception>
    public void Enter()
    {
        if (Interlocked.Exchange(ref _mapped, 1) == 1)
        {
            throw new InvalidOperationException("The admission webhooks are mapped already: call app.MapAdmissionWebhooks() once.");
        }
    }

    /// <summary>Notes the path at which a webhook is served, which is known once the groups around it are.</summary>
    public void Serve(string webhook, string registered, string served) => _routes[webhook] = (registered, served);

    /// <summary>
    /// Finds webhooks that are served elsewhere than registered: the API server would be told a path that nobody serves, and every review would get a 404.
    /// </summary>
    public IReadOnlyList<string> FindProblems() =>
    [
        .. from route in _routes.OrderBy(route => route.Key, StringComparer.Ordinal)
           where !string.Equals(route.Value.Registered.Trim('/'), route.Value.Served.Trim('/'), StringComparison.OrdinalIgnoreCase)
           select $"{route.Key} is served at /{route.Value.Served.Trim('/')}, and registered with {route.Value.Registered}, which the API server would call: call MapAdmissionWebhooks() on the application and not on a group, and say .Path(\"/{route.Value.Served.Trim('/')}\") of the webhook.",
    ];
}
