using System.Buffers;
using AdmissionSdk.Memory;

namespace AdmissionSdk.Hosting;

/// <summary>
/// A request's bytes in pooled memory. Grows with the bytes that arrive, never by what Content-Length promises, and counts the bytes itself:
/// not every server enforces a limit. Disposed by the exchange that owns the body.
/// </summary>
internal sealed class RequestBody : IReviewMemory, IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private readonly BodyBudget _budget;
    private readonly int _limit;
    private byte[]? _buffer;

    // The part of the buffer in use: never more than the limit, so that a body that may be read fits a budget of its size.
    private int _capacity;
    private long _charged;
    private int _length;

    private RequestBody(BodyBudget budget, int limit)
    {
        _budget = budget;
        _limit = limit;
    }

    public ReadOnlyMemory<byte> Memory => _buffer is null ? default : _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end of the stream, or until a limit is met; <paramref name="unread"/> sees the bytes of a body that meets one.</summary>
    public static async ValueTask<(RequestBody? Body, RequestBodyError Error)> ReadAsync(
        Stream stream, BodyBudget budget, int limit, CancellationToken cancellationToken, Action<RequestBody>? unread = null)
    {
        var body = new RequestBody(budget, limit);
        var error = RequestBodyError.None;
        try
        {
            error = await body.FillAsync(stream, cancellationToken);
            if (error != RequestBodyError.None && body._length > 0)
            {
                unread?.Invoke(body);
            }

            return error == RequestBodyError.None ? (body, error) : (null, error);
        }
        catch
        {
            error = RequestBodyError.Interrupted;
            throw;
        }
        finally
        {
            if (error != RequestBodyError.None)
            {
                body.Dispose();
            }
        }
    }

    public bool TryCharge(long bytes)
    {
        if (!_budget.TryTake(bytes))
        {
            return false;
        }

        Interlocked.Add(ref _charged, bytes);
        return true;
    }

    public void Return(long bytes)
    {
        Interlocked.Add(ref _charged, -bytes);
        _budget.Return(bytes);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // Charged before there is a buffer, which may be one too many for the memory.
        _budget.Return(Interlocked.Exchange(ref _charged, 0));
    }

    private async ValueTask<RequestBodyError> FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        // Waits for the first bytes: a connection that sends none costs nothing.
        _ = await stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
        while (true)
        {
            if (_length == _limit)
            {
                var oneMore = new byte[1];
                return await stream.ReadAsync(oneMore, cancellationToken) == 0 ? RequestBodyError.None : RequestBodyError.TooLarge;
            }

            if (_length == _capacity && !TryGrow())
            {
                return RequestBodyError.BudgetExceeded;
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(_length, _capacity - _length), cancellationToken);
            if (read == 0)
            {
                return RequestBodyError.None;
            }

            _length += read;
        }
    }

    private bool TryGrow()
    {
        var capacity = (int)Math.Min(_buffer is null ? FirstBuffer : 2L * _capacity, _limit);
        if (!_budget.TryTake(capacity - _capacity))
        {
            return false;
        }

        _charged = capacity;

        // During the copy both buffers exist.
        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        if (_buffer is { } smaller)
        {
            smaller.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(smaller);
        }

        (_buffer, _capacity) = (larger, capacity);
        return true;
    }
}
