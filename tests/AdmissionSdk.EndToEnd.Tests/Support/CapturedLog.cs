using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Keeps every line that an application logs, with the name of its event.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(string? Event, string Message)> _lines = new();

    public IReadOnlyCollection<(string? Event, string Message)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Name, formatter(state, exception)));
}
