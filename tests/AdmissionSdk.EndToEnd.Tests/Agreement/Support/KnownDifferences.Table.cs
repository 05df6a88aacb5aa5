namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <content>The table, with versions from the history of Kubernetes and json-patch.</content>
internal static partial class KnownDifferences
{
    private static readonly Version V121 = new(1, 21);
    private static readonly Version V122 = new(1, 22);
    private static readonly Version V123 = new(1, 23);
    private static readonly Version V134 = new(1, 34);
    private static readonly Version V135 = new(1, 35);

    private static readonly Difference[] Rows =
    [
        // Namespaces do not label themselves.
        Row("2.3 scope of a Namespace", V121, NoNamespaceLabel),
        Row("2.4 a Namespace's own labels count when it is created", V121, NoNamespaceLabel),
        Row("2.4 a Namespace's labels count as mutated", V121, NoNamespaceLabel),
        Row("4.6 a Namespace's namespace is its name", V121, NoNamespaceLabel),
        Row("4.6 a generated Namespace has no namespace", V121, NoNamespaceLabel),
        // A user's long timeout is cut to 34 seconds, the longest time of one write.
        Row("8.1 a write has 34 seconds at most", V121, Replace("?timeout=29s", "?timeout=30s")),
        Row("8.3 the user's own deadline ends the request even under Ignore", V122, Replace(" - context deadline exceeded", " 1s")) with { Or = Replace("requested timeout 1s", "requested timeout") },
        // Evictions have policy/v1beta1 only.
        Row("1.10 an eviction deletes the pod without a DELETE review", V122, OlderEviction),
        Row("5 an eviction may be refused", V122, OlderEviction),
        Row("17.3 failing open is noted", V122, Lose("  audit failed-open.")),
        // An update that fails on cached data is tried again, though the stored data is the same.
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
        Row("1.2 apply cannot merge unknown fields", V123, Replace(" ($NS/w; agreement.example.com/v1, Kind=Widget)", "")),
        // Served as a kind of its own, and only behind a feature gate.
        Row("5 an ephemeral container is an UPDATE of the Pod", V123, Is("MergePatch pods pephemeralcontainers -> 404\n  Failure NotFound: the server could not find the requested resource\n    details {}\n")),
        // json-patch before 4.12.
        Row("12.3 replace the whole document", V123, text => "Create widgets w -> 500\n  Failure InternalError: Internal error occurred: replace operation does not apply: doc is missing path: : missing value\n" + Calls(text)),
        Row("12.3 replace the whole document with a scalar", V123, Replace("replace operation value must be object or array: %!w(<nil>)", "replace operation does not apply: doc is missing path: : missing value")),
        Row("12.3 replace the whole document with a scalar", V135, IgnoresTheScalar) with { From = V123 },
        Row("12.5 minus one is the last", V123, Panics),
        Row("12.6 test of an absent member against null holds", V123, Panics),
        // failurePolicy did not cover an undecodable patch yet.
        Row("11 an undecodable patch is a failed call", V134, Replace("failed calling webhook \"m.agreement.example.com\": received undecodable patch in webhook response: ", "")),
        Row("11 an undecodable patch is nothing under Ignore", V134, text => "Create configmaps m -> 500\n  Failure InternalError: Internal error occurred: json: cannot unmarshal number into Go value of type jsonpatch.Operation\n" + Calls(text)),
        // The words between failurePolicy's message and the reason.
        .. Rows122(
            "8.3 a late answer fails the request",
            "8.3 a late validating webhook fails the request",
            "8.4 404 with Retry-After is not tried again",
            "8.4 503 without Retry-After is not tried again",
            "8.4 Retry-After as a date is not tried again",
            "8.4 there are ten retries",
            "8.4 waiting counts towards the deadline",
            "9.1 204 has no answer",
            "9.1 a Status failure's message is used",
            "9.1 a perfect denial with 403 is a failed call",
            "9.1 an empty body has no answer",
            "9.2 400",
            "9.2 401",
            "9.2 403",
            "9.2 404",
            "9.2 405",
            "9.2 406",
            "9.2 409",
            "9.2 415",
            "9.2 418",
            "9.2 422",
            "9.2 429",
            "9.2 500",
            "9.2 502",
            "9.2 503",
            "9.2 504",
            "9.2 2048 bytes of text are shown",
            "9.2 a 403's text is shown",
            "9.2 a 406's text is shown",
            "9.2 a type of text in capitals",
            "9.2 control characters are quoted",
            "9.2 problem+json is unknown",
            "9.2 text without a type is shown",
            "9.2 the text of a 500 is shown",
            "9.3 an unreadable parameter fails a good answer",
            "9.3 an unreadable type fails before the status is looked at",
            "9.4 a patch must be base64",
            "9.4 a wrong type is undecodable",
            "9.4 details have types",
            "9.4 half an object is undecodable",
            "9.4 text is undecodable",
            "9.5 a patch without its type",
            "9.5 a type without a patch",
            "9.5 an empty type",
            "9.5 another uid",
            "9.5 no apiVersion and kind",
            "9.5 no kind",
            "9.5 no response",
            "9.5 no uid",
            "9.5 uid before patch",
            "9.5 validating: a patch",
            "9.5 validating: a patchType",
            "9.7 a Status is no review",
            "9.7 an unknown kind",
            "9.7 v1 answered by v1beta1",
            "9.7 v1beta1 answered by v1",
            "9.8 a denial with half a patch is a failed call",
            "11 nothing is stored when the request fails"),
    ];

    // json-patch 4.12 wraps a null error, and the result is null again: not an error.
    private static string IgnoresTheScalar(string text)
    {
        var document = text.Split('\n').First(line => line.StartsWith("    object ", StringComparison.Ordinal));
        return $"Create widgets w -> 201\n{document[2..]}\n{Calls(text)}";
    }

    private static IEnumerable<Difference> Rows122(params string[] scenarios) => scenarios.Select(scenario => Row(scenario, V122, NoCallPrefix));
}
