using System.Text;

namespace AdmissionSdk.WarmUp;

/// <summary>Makes a review like those of the API server.</summary>
internal static class SampleReview
{
    private const string Head = """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"00000000-0000-0000-0000-000000000000",
        "kind":{"group":"","version":"v1","kind":"Sample"},"resource":{"group":"","version":"v1","resource":"samples"},
        "requestKind":{"group":"","version":"v1","kind":"Sample"},"requestResource":{"group":"","version":"v1","resource":"samples"},
        "name":"sample","namespace":"default","operation":"CREATE","userInfo":{"username":"warm-up","groups":["system:authenticated"],"extra":{"a":["b"]}},
        "object":
        """;

    private const string Tail = ""","oldObject":null,"dryRun":true,"options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"}}}""";

    public static byte[] Create(ReadOnlySpan<byte> @object) => [.. Encoding.UTF8.GetBytes(Head), .. @object, .. Encoding.UTF8.GetBytes(Tail)];
}
