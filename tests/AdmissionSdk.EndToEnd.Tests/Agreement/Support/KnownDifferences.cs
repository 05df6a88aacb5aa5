namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>
/// Known differences of older kube-apiservers from 1.36, scenario by scenario, with the versions. A scenario that is not listed must agree.
/// </summary>
internal static partial class KnownDifferences
{
    public static IEnumerable<string> Names => Rows.Select(row => row.Scenario);

    /// <param name="name">The scenario.</param>
    /// <param name="version">The real server's version.</param>
    /// <param name="expected">The simulator's transcript.</param>
    /// <param name="actual">The server's transcript.</param>
    /// <param name="audited">True when the server's audit log can be read.</param>
    public static void Check(string name, Version version, string expected, string actual, bool audited)
    {
        var older = OlderServer.Adapt(audited ? expected : Without(expected, "  audit "), version);
        string? other = null;
        foreach (var row in Rows.Where(row => row.Scenario == name && version >= row.From && version < row.Until))
        {
            var changed = row.Change(older);
            Assert.True(changed != older, $"The scenario \"{name}\" does not differ any more before {row.Until}: take it off the table.");
            (older, other) = (changed, row.Or?.Invoke(changed));
        }

        Assert.True(older == actual || other == actual, $"The servers disagree.\nExpected:\n{older}\nActual:\n{actual}");
    }

    private static Difference Row(string scenario, Version until, params Func<string, string>[] changes) =>
        new(scenario, new Version(1, 0), until, text => changes.Aggregate(text, (current, change) => change(current)));

    private static Func<string, string> Replace(string what, string with) => text => text.Replace(what, with, StringComparison.Ordinal);

    private static Func<string, string> Lose(string prefix) => text => Without(text, prefix);

    private static string Without(string text, string prefix) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(prefix, StringComparison.Ordinal)));

    private static string NoCallPrefix(string text) =>
        text.Replace("failed to call webhook: ", "", StringComparison.Ordinal).Replace("received invalid webhook response: ", "", StringComparison.Ordinal);

    private static string NoNamespaceLabel(string text) =>
        new[] { "$NS-x", "$NS-y", "generated-XXXXX", "$NS" }.Aggregate(text, (current, name) => current
            .Replace($"\"kubernetes.io/metadata.name\":\"{name}\",", "", StringComparison.Ordinal)
            .Replace($",\"kubernetes.io/metadata.name\":\"{name}\"", "", StringComparison.Ordinal)
            .Replace($"\"labels\":{{\"kubernetes.io/metadata.name\":\"{name}\"}},", "", StringComparison.Ordinal));

    private static string OlderEviction(string text) => text.Replace("policy/v1.Eviction", "policy/v1beta1.Eviction", StringComparison.Ordinal)
        .Replace("\"apiVersion\":\"policy/v1\"", "\"apiVersion\":\"policy/v1beta1\"", StringComparison.Ordinal);

    // Older servers try an update that fails on cached data again, though the stored data is the same; newer servers compare first.
    private static Func<string, string> Twice(string call) => text =>
    {
        var block = Blocks(text).Last(block => block.StartsWith($"  call {call} ", StringComparison.Ordinal));
        return text.Insert(text.LastIndexOf(block, StringComparison.Ordinal), block);
    };

    // json-patch before 4.12 panics, and the connection with it.
    private static string Panics(string text) => "Create widgets w -> 0\n" + Calls(text);

    private static string Calls(string text) => string.Concat(Blocks(text).Where(block => block.StartsWith("  call ", StringComparison.Ordinal)));

    private static Func<string, string> Is(string transcript) => _ => transcript;

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
    /// <param name="Until">The first version that behaves as 1.36.</param>
    /// <param name="Change">Turns the transcript of 1.36 into the transcript of the older versions.</param>
    /// <param name="Or">Turns the older transcript into a second possible transcript, for scenarios in which two timers of the server race.</param>
    private sealed record Difference(string Scenario, Version From, Version Until, Func<string, string> Change, Func<string, string>? Or = null);
}
