using Microsoft.AspNetCore.Http.Features;

namespace AdmissionSdk.Connections;

/// <summary>One request from its headers to its end. The steps tell a caller that stalls from a review that takes its time.</summary>
internal sealed class RequestTurn(RequestAllowance allowance, IFeatureCollection features) : IDisposable
{
    private bool _isWorking;
    private bool _wasReview;
    private bool _isOver;

    /// <summary>The connection; null on listeners of the user's own.</summary>
    public OpenConnection? Connection { get; } = features.Get<OpenConnection>();

    /// <summary>True while the request is charged; guarded by the allowance, as are the next two.</summary>
    public bool IsCharged { get; set; } = true;

    /// <summary>The moment from which on the caller has kept the request waiting.</summary>
    public long WaitsSince { get; set; }

    /// <summary>The place among the requests that wait; null while the review is decided.</summary>
    public LinkedListNode<RequestTurn>? Place { get; set; }

    /// <summary>Notes that the whole review has come and could be read: the caller has done its part.</summary>
    public void Received()
    {
        (_wasReview, _isWorking) = (true, true);
        allowance.Work(this);
    }

    /// <summary>Notes that the review is decided: from now on the caller is to read.</summary>
    public void Decided()
    {
        if (_isWorking)
        {
            _isWorking = false;
            allowance.Respond(this);
        }
    }

    /// <summary>Ends the request for good: the stream of HTTP/2, or the connection of HTTP/1.1.</summary>
    public void Cut() => features.Get<IHttpRequestLifetimeFeature>()?.Abort();

    public void Dispose()
    {
        if (!_isOver)
        {
            _isOver = true;
            Decided();
            allowance.Exit(this, _wasReview);
        }
    }
}
