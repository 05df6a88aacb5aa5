namespace AdmissionSdk.Dispatch;

/// <summary>
/// The slots of one webhook. No queue: a review that waits only eats its own deadline, and anyone could fill the queue. The last quarter is for small reviews, and, where callers
/// show who they are, for namespaces and users that hold few slots, so that nobody can take all.
/// </summary>
internal sealed class ReviewSlots(int limit)
{
    /// <summary>The bytes up to which a review is small. Nearly all are: a pod has some kilobytes.</summary>
    public const int SmallReview = 128 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _held = [];
    private readonly int _contended = limit / 4;
    private readonly int _fewSlots = Math.Max(1, limit / 8);
    private int _taken;

    /// <summary>The number of free slots.</summary>
    public int Free
    {
        get
        {
            lock (_lock)
            {
                return limit - _taken;
            }
        }
    }

    /// <summary>Takes a slot, held until it is disposed; null when there is none for this review.</summary>
    /// <param name="bytes">The size of the review.</param>
    /// <param name="share">The namespace or user that the slot counts for; null if the caller is not known, since such a caller can name any.</param>
    public IDisposable? TryTake(int bytes, string? share)
    {
        lock (_lock)
        {
            var free = limit - _taken;
            if (free <= 0 || (free <= _contended && (bytes > SmallReview || Held(share) >= _fewSlots)))
            {
                return null;
            }

            _taken++;
            if (share is not null)
            {
                _held[share] = Held(share) + 1;
            }

            return new Slot(this, share);
        }
    }

    private int Held(string? share) => share is null ? 0 : _held.GetValueOrDefault(share);

    private void Return(string? share)
    {
        lock (_lock)
        {
            _taken--;
            if (share is null)
            {
                return;
            }

            if (Held(share) == 1)
            {
                _held.Remove(share);
            }
            else
            {
                _held[share]--;
            }
        }
    }

    private sealed class Slot(ReviewSlots slots, string? share) : IDisposable
    {
        private bool _isReturned;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isReturned, true))
            {
                slots.Return(share);
            }
        }
    }
}
