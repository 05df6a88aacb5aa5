using AdmissionSdk.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace AdmissionSdk.Tests.Support;

/// <summary>The features of a request, which notes if it is cut.</summary>
internal sealed class FakeRequest : IHttpRequestLifetimeFeature
{
    public FakeRequest(OpenConnection connection)
    {
        Features.Set(connection);
        Features.Set<IHttpRequestLifetimeFeature>(this);
    }

    public FeatureCollection Features { get; } = new();

    public bool IsCut { get; private set; }

    public CancellationToken RequestAborted { get; set; }

    public void Abort() => IsCut = true;
}
