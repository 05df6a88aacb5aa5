namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>Where kube-apiserver 1.20 is known to differ from 1.36, scenario by scenario. What is not listed must agree.</summary>
internal static partial class KnownDifferences
{
    private static readonly Version Modelled = new(1, 36);

    public static IEnumerable<string> Names => Before136.Keys;

    public static void Check(string name, Version version, string expected, string actual)
    {
        var older = expected;
        if (version < Modelled && Before136.TryGetValue(name, out var change))
        {
            older = change(expected);
            Assert.True(older != expected, "This scenario does not differ any more: take it off the table.");
        }
        Assert.True(older == actual, $"The servers disagree.\nExpected:\n{older}\nActual:\n{actual}");
    }

    // The words between failurePolicy's message and the reason came with 1.22.
    private static string NoCallPrefix(string text)
        => text.Replace("failed to call webhook: ", "", StringComparison.Ordinal).Replace("received invalid webhook response: ", "", StringComparison.Ordinal);

    // Before 1.21 namespaces do not label themselves.
    private static string NoNamespaceLabel(string text)
        => text.Replace("\"kubernetes.io/metadata.name\":\"$NS-x\",", "", StringComparison.Ordinal)
            .Replace(",\"kubernetes.io/metadata.name\":\"$NS-x\"", "", StringComparison.Ordinal)
            .Replace("\"labels\":{\"kubernetes.io/metadata.name\":\"$NS-x\"},", "", StringComparison.Ordinal)
            .Replace("\"kubernetes.io/metadata.name\":\"$NS-y\",", "", StringComparison.Ordinal)
            .Replace("\"labels\":{\"kubernetes.io/metadata.name\":\"$NS-y\"},", "", StringComparison.Ordinal);

    // Before 1.22 there is only policy/v1beta1 for evictions.
    private static string OlderEviction(string text) => text.Replace("policy/v1.Eviction", "policy/v1beta1.Eviction", StringComparison.Ordinal);

    // An update that fails on cached data is tried again on data that is just as current; newer servers see that.
    private static Func<string, string> Twice(string call) => text =>
    {
        var line = text.Split('\n').Last(line => line.StartsWith($"  call {call} ", StringComparison.Ordinal));
        var at = text.LastIndexOf(line, StringComparison.Ordinal);
        return text.Insert(at, line + "\n");
    };

    private static Func<string, string> SecondPass(string call) => text => text + Calls(text).Split('\n').First(line => line.StartsWith($"  call {call} ", StringComparison.Ordinal)) + "\n";

    // json-patch before 4.12 panics, and the connection with it.
    private static string Panics(string text) => "Create widgets w -> 0\n" + Calls(text);

    private static string Calls(string text) => string.Concat(text.Split('\n').Where(line => line.StartsWith("  call ", StringComparison.Ordinal)).Select(line => line + "\n"));

    private static Func<string, string> Is(string transcript) => _ => transcript;
}
