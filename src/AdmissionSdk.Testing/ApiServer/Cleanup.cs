using System.Collections.Concurrent;
using System.Net;
using k8s.Autorest;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Deletions to run at the end in a cluster that outlives the tests, newest object first. A control plane of our own needs no deletions.</summary>
internal sealed class Cleanup(bool needed)
{
    private readonly ConcurrentStack<Func<CancellationToken, Task>> _deletions = new();

    public void Add(Func<CancellationToken, Task> delete)
    {
        if (needed)
        {
            _deletions.Push(delete);
        }
    }

    /// <summary>Runs all deletions. A failure does not stop the remaining deletions.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Exception> failures = [];
        while (_deletions.TryPop(out var delete))
        {
            try
            {
                await IgnoreMissingAsync(delete, cancellationToken);
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }

        if (failures.Count > 0)
        {
            throw new KubeApiServerException("Not everything that the tests made in the cluster could be deleted.", new AggregateException(failures));
        }
    }

    public static async Task IgnoreMissingAsync(Func<CancellationToken, Task> delete, CancellationToken cancellationToken)
    {
        try
        {
            await delete(cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
        }
    }
}
