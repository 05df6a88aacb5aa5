namespace AdmissionSdk.Cel.Values;

/// <summary>A bound on the steps of one evaluation that have no cost of their own: comparing and printing lists that hold the same list many times over has no end otherwise.</summary>
internal static class Effort
{
    private const long Unbounded = long.MaxValue;

    [ThreadStatic]
    private static long _spent;

    [ThreadStatic]
    private static long _most;

    /// <summary>Counts a step of the evaluation on this thread.</summary>
    /// <exception cref="EffortExceededException">The evaluation has taken more steps than it may.</exception>
    public static void Spend(long steps = 1)
    {
        _spent += steps;
        if (_spent > _most && _most > 0)
        {
            throw new EffortExceededException();
        }
    }

    public static IEnumerable<T> On<T>(IEnumerable<T> items)
    {
        foreach (var item in items)
        {
            Spend();
            yield return item;
        }
    }

    /// <summary>Begins a bound, and returns what <see cref="End"/> goes back to.</summary>
    public static (long Spent, long Most) Begin(long most)
    {
        var outer = (_spent, _most);
        (_spent, _most) = (0, most > 0 ? most : Unbounded);
        return outer;
    }

    public static void End((long Spent, long Most) outer) => (_spent, _most) = outer;
}
