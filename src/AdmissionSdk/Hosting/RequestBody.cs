using System.Buffers;

namespace AdmissionSdk.Hosting;

/// <summary>
/// A request's bytes in pooled memory. Grows with the bytes that arrive, never by what Content-Length promises, and counts them itself:
/// not every server enforces a limit. Disposed once, when the last handler has ended.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private readonly BodyBudget _budget;
    private readonly int _limit;
    private byte[]? _buffer;
    private int _length;

    private RequestBody(BodyBudget budget, int limit)
    {
        _budget = budget;
        _limit = limit;
    }

    public ReadOnlyMemory<byte> Memory => _buffer is null ? default : _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end, or until a limit is met.</summary>
    public static async ValueTask<(RequestBody? Body, RequestBodyError Error)> ReadAsync(
        Stream stream, BodyBudget budget, int limit, CancellationToken cancellationToken)
    {
        var body = new RequestBody(budget, limit);
        var error = RequestBodyError.None;
        try
        {
            error = await body.FillAsync(stream, cancellationToken);
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

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _budget.Return(buffer.Length);
        }
    }

    private async ValueTask<RequestBodyError> FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_buffer is null || _length == _buffer.Length)
            {
                if (!TryGrow())
                {
                    return RequestBodyError.BudgetExceeded;
                }
            }

            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            if (read == 0)
            {
                return RequestBodyError.None;
            }

            _length += read;
            if (_length > _limit)
            {
                return RequestBodyError.TooLarge;
            }
        }
    }

    private bool TryGrow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer is null ? FirstBuffer : _buffer.Length * 2);
        if (!_budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        if (_buffer is { } smaller)
        {
            smaller.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(smaller);
            _budget.Return(smaller.Length);
        }

        _buffer = larger;
        return true;
    }
}
