using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Says which API server cannot be reached: whoever meant another one sees it at once.</summary>
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
            var why = SafeText.JoinLines(exception.InnerException?.Message ?? exception.Message);
            throw new CommandException(
                $"the API server {request.RequestUri?.GetLeftPart(UriPartial.Authority)} cannot be reached ({why}): check --kubeconfig and --context, or --server.", exception);
        }
    }
}
