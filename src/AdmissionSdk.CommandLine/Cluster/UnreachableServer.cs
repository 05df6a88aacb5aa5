using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Names the API server that cannot be reached, so that a user who meant another server sees the mistake at once.</summary>
internal sealed class UnreachableServer : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            var reason = SafeText.JoinLines(exception.InnerException?.Message ?? exception.Message);
            throw new CommandException(
                $"the API server {request.RequestUri?.GetLeftPart(UriPartial.Authority)} cannot be reached ({reason}): check --kubeconfig and --context, or --server.", exception);
        }
    }
}
