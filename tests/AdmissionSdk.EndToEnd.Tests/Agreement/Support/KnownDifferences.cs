namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>
/// Known differences of real kube-apiservers from the simulator in the same version, scenario by scenario. A scenario that is not listed must agree.
/// </summary>
internal static partial class KnownDifferences
{
    public static IEnumerable<string> Names => Rows.Select(row => row.Scenario);

    /// <param name="name">The scenario.</param>
    /// <param name="version">The real server's version.</param>
    /// <param name="expected">The transcript of the simulator in that version.</param>
    /// <param name="actual">The server's transcript.</param>
    /// <param name="audited">True when the server's audit log can be read.</param>
    public static void Check(string name, Version version, string expected, string actual, bool audited)
    {
        var wanted = audited ? expected : Without(expected, "  audit ");
        List<string> others = [];
        foreach (var row in Rows.Where(row => row.Scenario == name && version >= row.From && version < row.Until))
        {
            var changed = row.Change?.Invoke(wanted) ?? wanted;
            Assert.True(row.Change is null || changed != wanted, $"The scenario \"{name}\" does not differ any more before {row.Until}: take it off the table.");
            others.AddRange(row.Or.Select(or => or(wanted)));
            wanted = changed;
        }

        Assert.True(
            wanted == actual || others.Contains(actual),
            $"The servers disagree.\nExpected:\n{wanted}\n{string.Concat(others.Select(other => $"or:\n{other}\n"))}\nActual:\n{actual}");
    }

    private static Difference Row(string scenario, Version until, Func<string, string> change) => new(scenario, new Version(1, 0), until, change, []);

    /// <summary>A row for a race in the server: the simulator's transcript is right, and so are the others.</summary>
    private static Difference Race(string scenario, Version from, Version until, params Func<string, string>[] or) => new(scenario, from, until, null, or);

    private static Func<string, string> Replace(string what, string with) => text =>
    {
        Assert.Contains(what, text, StringComparison.Ordinal);
        return text.Replace(what, with, StringComparison.Ordinal);
    };

    private static string Without(string text, string prefix) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(prefix, StringComparison.Ordinal)));

    /// <summary>One more call of each webhook, equal to the last one.</summary>
    private static Func<string, string> Twice(params string[] webhooks) => text => webhooks.Aggregate(text, (current, webhook) => Repeat(current, Calls(current, webhook)[^1]));

    /// <summary>One more call of each webhook, equal to the call of an index, as when the server looks into its cache before the store.</summary>
    private static Func<string, string> Again(int index, params string[] webhooks) => text => webhooks.Aggregate(text, (current, webhook) => Repeat(current, Calls(current, webhook)[index]));

    private static string Repeat(string text, string block) => text.Insert(text.LastIndexOf(block, StringComparison.Ordinal), block);

    private static List<string> Calls(string text, string webhook) => [.. Blocks(text).Where(block => block.StartsWith($"  call {webhook} ", StringComparison.Ordinal))];

    // json-patch before 4.12 panics, and the connection with it.
    private static string Panics(string text) => "Create widgets w -> 0\n" + Calls(text);

    private static string Calls(string text) => string.Concat(Blocks(text).Where(block => block.StartsWith("  call ", StringComparison.Ordinal)));

    /// <summary>The lines, each with the indented lines below.</summary>
    private static List<string> Blocks(string text)
    {
        var blocks = new List<string>();
        foreach (var line in text.Split('\n').Where(line => line.Length > 0))
        {
            if (line.StartsWith(CallText.Indent, StringComparison.Ordinal) && blocks.Count > 0)
            {
                blocks[^1] += line + "\n";
            }
            else
            {
                blocks.Add(line + "\n");
            }
        }

        return blocks;
    }

    /// <param name="Scenario">The scenario's name.</param>
    /// <param name="From">The first version with the difference.</param>
    /// <param name="Until">The first version without the difference.</param>
    /// <param name="Change">Turns the simulator's transcript into the server's; null if the two may be the same.</param>
    /// <param name="Or">Each turns the simulator's transcript into another that is right too, because the outcome is a race in the server.</param>
    private sealed record Difference(string Scenario, Version From, Version Until, Func<string, string>? Change, IReadOnlyList<Func<string, string>> Or);
}
