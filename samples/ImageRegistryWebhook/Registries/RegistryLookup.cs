using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using LookupKey = (ImageRegistryWebhook.Images.RegistryHost Host, string Repository, string Reference, string Credential);

namespace ImageRegistryWebhook.Registries;

/// <summary>
/// Asks only registries that the policy names. Equal questions at one time share a request, and results are remembered, failures for a short time. A
/// request has its own deadline, and goes on after its callers give up.
/// </summary>
internal sealed partial class RegistryLookup(
    ManifestClient manifests,
    CredentialStore credentials,
    LookupMetrics metrics,
    IOptions<RegistryLookupOptions> options,
    TimeProvider time,
    ILogger<RegistryLookup> logger) : IRegistryLookup
{
    private readonly ExpiringCache<LookupKey, RegistryLookupResult> _results = new(options.Value.CacheEntries, time);
    private readonly Dictionary<LookupKey, Task<RegistryLookupResult>> _underWay = [];

    /// <inheritdoc/>
    public async ValueTask<RegistryFacts> LookUpAsync(RegistryQuestion question, RegistryFacts known, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = await AskAsync(question, cancellationToken);
        return question.Kind == RegistryQuestionKind.Existence
            ? known with { Existence = result.Existence }
            : known with { DigestAsked = true, Digest = result.Digest };
    }

    private async ValueTask<RegistryLookupResult> AskAsync(RegistryQuestion question, CancellationToken cancellationToken)
    {
        if (!ImageReference.TryParse(question.Image, out var reference, out _) || !question.Terms.Registries.Contains(reference.Host))
        {
            metrics.Count(LookupMetrics.OtherRegistry, LookupOutcome.Refused, "none");
            return new RegistryLookupResult(LookupOutcome.Refused);
        }

        var image = RegistryImage.Of(reference, credentials.Find(reference.Host, reference.Path));
        var (task, source) = Start(image, question.Terms);
        var result = await task.WaitAsync(cancellationToken);
        metrics.Count(image.Host.ToString(), result.Outcome, source);
        return result;
    }

    private (Task<RegistryLookupResult> Result, string Source) Start(RegistryImage image, LookupTerms terms)
    {
        lock (_underWay)
        {
            if (_results.TryGet(image.Key, out var known))
            {
                return (Task.FromResult(known), "cache");
            }

            if (_underWay.TryGetValue(image.Key, out var other))
            {
                return (other, "joined");
            }

            if (_underWay.Count >= options.Value.MaxConcurrent)
            {
                return (Task.FromResult(new RegistryLookupResult(LookupOutcome.Busy)), "none");
            }

            var task = Task.Run(() => RunAsync(image, terms), CancellationToken.None);
            _underWay.Add(image.Key, task);
            return (task, "registry");
        }
    }

    private async Task<RegistryLookupResult> RunAsync(RegistryImage image, LookupTerms terms)
    {
        var start = time.GetTimestamp();
        var timeout = terms.Timeout < options.Value.LongestTimeout ? terms.Timeout : options.Value.LongestTimeout;
        using var deadline = new CancellationTokenSource(timeout, time);
        var result = await GuardedAsync(image, deadline.Token);
        var took = time.GetElapsedTime(start);
        metrics.RecordDuration(image.Host.ToString(), result.Outcome, took);
        if (result.Existence == Existence.Unknown)
        {
            LogUnusable(image.Host.ToString(), image.Repository, image.Reference, result.Outcome, took.TotalMilliseconds);
        }

        lock (_underWay)
        {
            _results.Set(image.Key, result, Lifetime(result, terms));
            _underWay.Remove(image.Key);
        }

        return result;
    }

    private async Task<RegistryLookupResult> GuardedAsync(RegistryImage image, CancellationToken deadline)
    {
        try
        {
            // The second wait is for code that ignores the token, such as the resolver of names.
            return await manifests.AskAsync(image, deadline).WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            return new RegistryLookupResult(LookupOutcome.Timeout);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException)
        {
            return new RegistryLookupResult(LookupOutcome.Refused);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded)
        {
            return new RegistryLookupResult(LookupOutcome.BadResponse);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or BrokenCircuitException)
        {
            return new RegistryLookupResult(LookupOutcome.Unreachable);
        }
        catch (Exception exception)
        {
            // A defect: callers get a result all the same, and the log has the exception.
            LogFault(exception, image.Host.ToString());
            return new RegistryLookupResult(LookupOutcome.BadResponse);
        }
    }

    private TimeSpan Lifetime(RegistryLookupResult result, LookupTerms terms)
    {
        var most = result.Outcome switch
        {
            LookupOutcome.Present => terms.Cache,
            LookupOutcome.Absent => options.Value.AbsentCache,
            _ => options.Value.FailureCache,
        };
        return most < terms.Cache ? most : terms.Cache;
    }

    [LoggerMessage(23, LogLevel.Warning, "{Registry} gave no usable response about {Repository}, {Reference}: {Outcome} after {Milliseconds:0} ms.")]
    private partial void LogUnusable(string registry, string repository, string reference, LookupOutcome outcome, double milliseconds);

    [LoggerMessage(24, LogLevel.Error, "A look-up at {Registry} failed.")]
    private partial void LogFault(Exception exception, string registry);
}
