namespace Growth.Tests.Paths;

/// <summary>Ways to be quadratic by mistake, which the measure must find.</summary>
public static class Quadratic
{
    public static IEnumerable<(string Name, Func<int, Action> Prepare)> Paths()
    {
        yield return (nameof(LoopInLoop), n => () => LoopInLoop(new int[n]));
        yield return (nameof(SearchInLoop), n => () => SearchInLoop([.. Enumerable.Range(0, n)]));
        yield return (nameof(LambdaInLoop), n => () => LambdaInLoop([.. Enumerable.Range(0, n)]));
        yield return (nameof(CopyInLoop), n => () => CopyInLoop(n));
    }

    public static int LoopInLoop(int[] values)
    {
        var same = 0;
        foreach (var value in values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                same += value == values[i] ? 1 : 0;
            }
        }

        return same;
    }

    public static int SearchInLoop(List<int> values)
    {
        var found = 0;
        foreach (var value in values)
        {
            found += values.Contains(-value) ? 1 : 0;
        }

        return found;
    }

    public static int LambdaInLoop(List<int> values)
    {
        var found = 0;
        foreach (var value in values)
        {
            found += values.Any(other => other == -value - 1) ? 1 : 0;
        }

        return found;
    }

    public static string CopyInLoop(int count)
    {
        var text = "";
        for (var i = 0; i < count; i++)
        {
            text += "a";
        }

        return text;
    }
}
