using System.Text;

namespace AdmissionSdk.Testing.Tests.Support;

/// <summary>Reviews recorded from a kube-apiserver 1.36.</summary>
internal static class RecordedReviews
{
    public static TheoryData<string> Names =>
        new(Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)!);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures", "reviews-1.36");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
