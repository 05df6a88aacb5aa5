namespace AdmissionSdk.ManagedCertificates;

/// <summary>
/// Counts how often something was put back, to notice a fight: whoever overwrites again at once will not stop, and each round is a write that every
/// API server has to follow.
/// </summary>
internal sealed class RepairBudget(TimeProvider time)
{
    /// <summary>The repairs of one object that are made before giving up.</summary>
    public const int Most = 5;

    /// <summary>The time in which repairs are counted, and for which nothing is repaired after giving up.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Queue<long>> _repairs = new(StringComparer.Ordinal);

    /// <summary>True if another repair of an object may be made now.</summary>
    public bool Allows(string subject)
    {
        if (!_repairs.TryGetValue(subject, out var repairs))
        {
            return true;
        }

        while (repairs.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Window)
        {
            repairs.Dequeue();
        }

        return repairs.Count < Most;
    }

    /// <summary>Counts a repair.</summary>
    public void Spend(string subject)
    {
        if (!_repairs.TryGetValue(subject, out var repairs))
        {
            _repairs[subject] = repairs = new Queue<long>();
        }

        repairs.Enqueue(time.GetTimestamp());
    }
}
