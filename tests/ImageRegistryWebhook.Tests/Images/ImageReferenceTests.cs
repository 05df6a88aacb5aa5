using System.Text.Json.Nodes;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Tests.Images;

public sealed class ImageReferenceTests
{
    public static TheoryData<string, string> Vectors()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "image-refs.jsonl")))
        {
            data.Add(JsonNode.Parse(line)!["id"]!.GetValue<string>(), line);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryParse_VectorOfTheReferenceGrammar_Agrees(string id, string line)
    {
        var expected = JsonNode.Parse(line)!;

        var valid = ImageReference.TryParse(expected["input"]!.GetValue<string>(), out var reference, out var error);

        Assert.True(expected["valid"]!.GetValue<bool>() == valid, $"{id}: {error}");
        if (valid)
        {
            Assert.Equal(
                (Text("domain"), Text("path"), Text("tag"), Text("digest"), Text("normalized")),
                (reference.Domain, reference.Path, reference.Tag, reference.Digest, reference.Normalized));
        }
        else
        {
            Assert.Equal(Text("error"), error);
        }

        string? Text(string member) => expected[member]?.GetValue<string>();
    }

    [Theory]
    [InlineData("evil_host.com/x", "\"evil_host.com\" is not a host name, so the image names no registry")]
    [InlineData("x:1\n", "invalid reference format")]
    [InlineData("x:täg", "invalid reference format")]
    [InlineData("x:١٢", "invalid reference format")]
    [InlineData(" nginx", "invalid reference format")]
    [InlineData("docker.io\u200b/nginx", "invalid reference format")]
    [InlineData("registry.example.com@evil.com/x", "invalid reference format")]
    [InlineData("https://registry.example.com/x", "invalid reference format")]
    public void TryParse_AdversarialText_IsRefused(string text, string expected)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void TryParse_RandomText_NeverThrowsAndNormalizesOnce()
    {
        var cases = Environment.GetEnvironmentVariable("ADMISSION_TESTS") == "full" ? 100_000 : 5_000;
        var random = new Random(20260101);
        const string alphabet = "abzAZ09.-_:/@[]+sha256 \né";
        for (var i = 0; i < cases; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            if (ImageReference.TryParse(text, out var reference, out _))
            {
                Assert.True(ImageReference.TryParse(reference.Normalized, out var again, out var error), $"{text} -> {reference.Normalized}: {error}");
                Assert.Equal(reference.Normalized, again.Normalized);
                Assert.Equal((reference.Tag, reference.Digest), (again.Tag, again.Digest));
            }
        }
    }
}
