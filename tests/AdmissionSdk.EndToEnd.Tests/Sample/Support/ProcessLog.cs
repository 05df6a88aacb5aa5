using System.Text;

namespace AdmissionSdk.EndToEnd.Tests.Sample.Support;

/// <summary>The output of a process, for tests that wait for a certain line.</summary>
internal sealed class ProcessLog
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _waiting = [];
    private bool _ended;

    public void Add(string? line)
    {
        lock (_lock)
        {
            _text.AppendLine(line);
            Release();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            Release();
        }
    }

    public async Task WaitForAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((text, seen));
            Release();
        }

        try
        {
            await seen.Task.WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The process did not write \"{text}\":\n{this}");
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _text.ToString();
        }
    }

    private void Release()
    {
        var all = _text.ToString();
        foreach (var (text, seen) in _waiting)
        {
            if (all.Contains(text, StringComparison.Ordinal))
            {
                seen.TrySetResult();
            }
            else if (_ended)
            {
                seen.TrySetException(new InvalidOperationException($"The process ended without writing \"{text}\":\n{all}"));
            }
        }

        _waiting.RemoveAll(waiting => waiting.Seen.Task.IsCompleted);
    }
}
