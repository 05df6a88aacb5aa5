using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Testing.Hosting;

/// <summary>
/// Runs a program's <c>Main</c> on a thread of its own, and swaps the program's server while the host is being built. .NET's hosting announces both
/// moments to diagnostic listeners. The async-local tells this program's announcements from those of other tests' threads.
/// </summary>
internal sealed class ProgramHost(Assembly assembly, Action<IServiceCollection>? services, IReadOnlyList<string> args)
    : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IAsyncDisposable
{
    private static readonly AsyncLocal<ProgramHost?> Current = new();
    private readonly TaskCompletionSource<IHost> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private bool _isUnsubscribed;
    private Exception? _lastException;
    private object? _exitCode;

    public async Task<IHost> StartAsync(CancellationToken cancellationToken)
    {
        var main = assembly.EntryPoint
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} is not a program, because the assembly has no Main. Name a class of the program's own assembly.");
        Keep(DiagnosticListener.AllListeners.Subscribe(this));
        AppDomain.CurrentDomain.FirstChanceException += KeepException;
        try
        {
            new Thread(() => Run(main)) { IsBackground = true, Name = $"{assembly.GetName().Name} under test" }.Start();
            return await StartedOrEndedAsync(cancellationToken);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= KeepException;
            Unsubscribe();
        }
    }

    public async ValueTask DisposeAsync()
    {
        var host = await _started.Task;
        // Without an address the application has nothing to drain.
        host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.Clear();
        await host.StopAsync();
        await _ended.Task;
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            Keep(value.Subscribe(this));
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value != this)
        {
            return;
        }

        switch (value)
        {
            case { Key: "HostBuilding", Value: IHostBuilder builder }:
                builder.ConfigureServices(collection =>
                {
                    services?.Invoke(collection);
                    InMemoryServer.Replace(collection);
                });
                break;
            case { Key: "HostBuilt", Value: IHost host }:
                // Register on the program's own thread: elsewhere the program's services may be disposed already.
                host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _started.TrySetResult(host));
                break;
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private void Run(MethodInfo main)
    {
        Current.Value = this;
        try
        {
            _exitCode = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args.ToArray()]);
            _ended.TrySetResult();
        }
        catch (TargetInvocationException exception)
        {
            _ended.TrySetException(exception.InnerException ?? exception);
        }
    }

    private async Task<IHost> StartedOrEndedAsync(CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(_started.Task, _ended.Task).WaitAsync(cancellationToken) == _started.Task)
        {
            return await _started.Task;
        }

        if (_ended.Task.Exception?.InnerException is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }

        // A program that catches its own exceptions leaves the last as the cause.
        var ended = $"The program {assembly.GetName().Name} ended before its host had started{(_exitCode is int code ? $", with exit code {code}" : "")}.";
        throw _lastException is { } cause
            ? new InvalidOperationException($"{ended} The program's last exception was {cause.GetType().Name}: {cause.Message}", cause)
            : new InvalidOperationException($"{ended} Does the program run a host with these arguments: {string.Join(' ', args)}?");
    }

    // Raised on the thread that throws, so that the async-local tells the program's exceptions from those of other tests.
    private void KeepException(object? sender, FirstChanceExceptionEventArgs first)
    {
        if (Current.Value == this)
        {
            _lastException = first.Exception;
        }
    }

    private void Keep(IDisposable subscription)
    {
        lock (_subscriptions)
        {
            if (!_isUnsubscribed)
            {
                _subscriptions.Add(subscription);
                return;
            }
        }

        subscription.Dispose();
    }

    private void Unsubscribe()
    {
        IDisposable[] subscriptions;
        lock (_subscriptions)
        {
            _isUnsubscribed = true;
            subscriptions = [.. _subscriptions];
        }

        // Not under our lock: .NET announces listeners under a lock of its own, which Dispose takes too.
        Array.ForEach(subscriptions, static subscription => subscription.Dispose());
    }
}
