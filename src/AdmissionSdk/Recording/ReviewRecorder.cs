using System.Buffers;
using System.Threading.Channels;
using AdmissionSdk.Hosting;
using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Recording;

/// <summary>Copies the bodies of reviews and responses, and writes the copies, redacted, on a separate task. Serving never waits for the file.</summary>
internal sealed class ReviewRecorder(IOptions<RecordingOptions> options, TimeProvider time, ILogger<ReviewRecorder> logger)
    : IWebhookConvention, IHostedService, IAsyncDisposable
{
    private const int MaxQueuedBytes = 16 * 1024 * 1024;
    private readonly RecordingOptions _options = options.Value;
    private readonly Channel<CapturedExchange> _queue = Channel.CreateUnbounded<CapturedExchange>(new() { SingleReader = true });
    private Task _writing = Task.CompletedTask;
    private FileStream? _file;
    private long _queuedBytes;
    private long _lost;
    private volatile bool _ended;

    /// <summary>Opens the file, so that a path that cannot be written stops the application at its start.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _file = RecordingFile.Open(_options.Path);
        logger.RecordingStarted(_file.Name, _options.MaxBytes);
        _writing = Task.Run(WriteAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _writing.WaitAsync(cancellationToken);
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
        {
            logger.RecordingIncomplete(lost);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        try
        {
            await (_file?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (IOException)
        {
            // Disposing repeats the failed write, which was reported, and must not end the application with an error.
        }
    }

    public void Apply(IEndpointConventionBuilder endpoint, WebhookDescriptor webhook) =>
        endpoint.Add(builder =>
        {
            var next = builder.RequestDelegate!;
            builder.RequestDelegate = http => RecordAsync(http, webhook, next);
        });

    private async Task RecordAsync(HttpContext http, WebhookDescriptor webhook, RequestDelegate next)
    {
        if (_ended)
        {
            await next(http);
            return;
        }

        using var review = new CapturingStream(http.Request.Body, _options.MaxReviewBytes);
        using var response = new CapturingStream(http.Response.Body, _options.MaxReviewBytes);
        http.Request.Body = review;
        http.Response.Body = response;
        await next(http);
        Enqueue(review.Captured is { } sent && response.Captured is { } received
            ? new(time.GetUtcNow(), webhook.Name, webhook.Path, http.Response.StatusCode, sent, received)
            : null);
    }

    private void Enqueue(CapturedExchange? exchange)
    {
        if (exchange is null || Interlocked.Add(ref _queuedBytes, exchange.Bytes) > MaxQueuedBytes || !_queue.Writer.TryWrite(exchange))
        {
            Interlocked.Add(ref _queuedBytes, -(exchange?.Bytes ?? 0));
            Interlocked.Increment(ref _lost);
        }
    }

    private async Task WriteAllAsync()
    {
        var line = new RecordingLine(new ReviewRedactor(_options));
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            await foreach (var exchange in _queue.Reader.ReadAllAsync())
            {
                Interlocked.Add(ref _queuedBytes, -exchange.Bytes);
                buffer.ResetWrittenCount();
                if (_ended || !line.TryWrite(exchange, buffer))
                {
                    Interlocked.Increment(ref _lost);
                    continue;
                }

                await WriteAsync(buffer.WrittenMemory);
            }
        }
        catch (IOException exception)
        {
            End();
            logger.RecordingFailed(exception);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> line)
    {
        if (_file!.Length + line.Length > _options.MaxBytes)
        {
            End();
            logger.RecordingFull(_options.MaxBytes);
            return;
        }

        await _file.WriteAsync(line);
        await _file.FlushAsync();
    }

    private void End()
    {
        _ended = true;
        _queue.Writer.TryComplete();
    }
}
