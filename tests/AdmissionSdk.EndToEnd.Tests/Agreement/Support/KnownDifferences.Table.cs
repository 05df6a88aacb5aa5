namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <content>The table, with versions from the history of Kubernetes and json-patch.</content>
internal static partial class KnownDifferences
{
    private static readonly Version V122 = new(1, 22);
    private static readonly Version V123 = new(1, 23);
    private static readonly Version V135 = new(1, 35);
    private static readonly Version Always = new(1, 0);
    private static readonly Version Never = new(2, 0);

    private const string FilterTimeout = """  object {"code":504,"details":{},"message":"Timeout: request did not complete within the allotted timeout","metadata":{},"reason":"Timeout","status":"Failure"}""";
    private const string HandlerTimeout = "  Failure Timeout: Timeout: request did not complete within requested timeout - context deadline exceeded\n    details {}";
    private const string OwnDeadline = "8.3 the user's own deadline ends the request even under Ignore";

    private static readonly Difference[] Rows =
    [
        // The timeout filter and the handler wait for the same deadline; the filter responds first nearly always.
        Race(OwnDeadline, V122, Never, Replace(FilterTimeout, HandlerTimeout)),
        Race(OwnDeadline, Always, V122, Replace("requested timeout 1s", "requested timeout")),
        // A deletion that begins with an object from the cache begins again when the cache is behind the store.
        Race("1.9 a pod on no node is deleted with two reviews", Always, Never, Again(0, "m", "v"), Again(1, "m", "v"), Again(0, "v"), Again(1, "v")),
        // An update that fails on cached data is tried again, though the stored data is the same; newer servers compare first.
        Row("1.3 a stale resourceVersion is found after mutation", V123, Twice("m")),
        Row("1.9 a finalizer of the garbage collector is taken away with two reviews", V123, Twice("v")),
        Row("1.10 the last finalizer's removal deletes without a DELETE review", V123, Twice("v")),
        Row("2.4 a Namespace's stored labels count when it is deleted", V123, Twice("yes")),
        Row("13.6 a deletionTimestamp cannot be removed", V123, Twice("m")),
        Row("13.6 a custom resource is not updated without a resourceVersion", V123, Twice("m")),
        Row("13.6 a user's merge patch of a stale resourceVersion is a conflict", V123, Twice("m")),
        Row("13.6 another name is refused", V123, Twice("m")),
        Row("13.6 another uid is refused", V123, Twice("m")),
        Row("13.6 another namespace is refused", V123, Twice("m")),
        Row("13.6 another resourceVersion is a conflict", V123, Twice("m")),
        // json-patch before 4.12.
        Row("12.3 replace the whole document", V123, text => "Create widgets w -> 500\n  Failure InternalError: Internal error occurred: replace operation does not apply: doc is missing path: : missing value\n" + Calls(text)),
        Row("12.3 replace the whole document with a scalar", V123, Replace("replace operation value must be object or array: %!w(<nil>)", "replace operation does not apply: doc is missing path: : missing value")),
        Row("12.3 replace the whole document with a scalar", V135, IgnoresTheScalar) with { From = V123 },
        Row("12.5 minus one is the last", V123, Panics),
        Row("12.6 test of an absent member against null holds", V123, Panics),
    ];

    // json-patch 4.12 wraps a null error, and the result is null again: not an error.
    private static string IgnoresTheScalar(string text)
    {
        var document = text.Split('\n').First(line => line.StartsWith("    object ", StringComparison.Ordinal));
        return $"Create widgets w -> 201\n{document[2..]}\n{Calls(text)}";
    }
}
