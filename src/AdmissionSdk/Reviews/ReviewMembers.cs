using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Reviews;

/// <summary>The names of a review's members, found by their bytes without a string for each.</summary>
internal static class ReviewMembers
{
    private static readonly (string Name, byte[] Text)[] Names =
    [
        .. ((string[])
        [
            "uid", "kind", "resource", "requestKind", "requestResource", "name", "namespace", "operation", "userInfo", "object", "oldObject", "dryRun", "options",
            "subResource", "requestSubResource", "apiVersion", "request",
        ]).Select(static name => (name, System.Text.Encoding.UTF8.GetBytes(name))),
    ];

    /// <summary>The name that a member's text stands for; empty if no review has such a member.</summary>
    public static string Find(ReadOnlySpan<byte> text)
    {
        foreach (var (name, bytes) in Names)
        {
            if (text.SequenceEqual(bytes))
            {
                return name;
            }
        }

        return text.Contains((byte)'\\') ? JsonText.Unescape(text) : "";
    }
}
