using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Tests.Images;

/// <remarks>Covers <see cref="ImageReference"/>, <see cref="ReferenceParser"/>, <see cref="ReferenceErrors"/>.</remarks>
public sealed class ImageReferenceTests
{
    private const string Sha256 = "e6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582";

    public static TheoryData<ReferenceVector> Vectors => [.. ReferenceVector.All];

    [Fact]
    public void Vectors_AreAllThere() => Assert.Equal(145, ReferenceVector.All.Count);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryParse_Vector_IsExact(ReferenceVector vector)
    {
        var valid = ImageReference.TryParse(vector.Input, out var reference, out var error);

        Assert.Equal(
            (vector.Valid, vector.Domain, vector.Path, vector.Tag, vector.Digest, vector.Normalized, vector.Error),
            (valid, reference?.Domain, reference?.Path, reference?.Tag, reference?.Digest, reference?.Normalized, error));
        Assert.Equal(vector.Valid ? vector.Input : null, reference?.Original);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("/")]
    [InlineData("nginx ")]
    [InlineData(" nginx")]
    [InlineData("nginx\n")]
    [InlineData("nginx:1\n")]
    [InlineData("nginx:täg")]
    [InlineData("nginx:١٢")]
    [InlineData("registry.example.com\u200b/nginx")]
    [InlineData("\ufeffregistry.example.com/nginx")]
    [InlineData("registry.example.com\u202e/nginx")]
    [InlineData("registrу.example.com/nginx")] // a Cyrillic letter
    [InlineData("user@registry.example.com/nginx")]
    [InlineData("registry.example.com#x/nginx")]
    [InlineData("registry.example.com?/nginx")]
    [InlineData("registry.example.com\\@evil.example.org/nginx")]
    [InlineData("registry.example.com:/nginx")]
    [InlineData("registry.example.com:80:90/nginx")]
    [InlineData("registry.example.com//nginx")]
    [InlineData("registry.example.com/nginx/")]
    [InlineData("registry.example.com./nginx")]
    [InlineData("nginx:")]
    [InlineData("nginx@")]
    [InlineData("nginx@sha256:")]
    [InlineData("nginx:a:b")]
    [InlineData("nginx@sha256:" + Sha256 + ":tag")]
    [InlineData("nginx@sha256:" + Sha256 + "@sha256:" + Sha256)]
    [InlineData("a:b/c")]
    [InlineData("[]/x")]
    [InlineData("[::1/x")]
    [InlineData("${REGISTRY}/nginx")]
    [InlineData("{{ image }}")]
    [InlineData("\0")]
    [InlineData("nginx\ud800")]
    public void TryParse_NotAReference_IsRefusedWithTheKubeletsError(string? text)
    {
        Assert.False(ImageReference.TryParse(text, out var reference, out var error));
        Assert.Null(reference);
        Assert.Equal("invalid reference format", error);
    }

    [Theory]
    [InlineData("evil_host.com/x", "evil_host.com")]
    [InlineData("evil__host.com/registry.example.com/x:1", "evil__host.com")]
    [InlineData("a_b.c/d@sha256:" + Sha256, "a_b.c")]
    public void TryParse_HostThatIsOnlyAPath_IsRefused(string text, string host)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var error));
        Assert.StartsWith($"\"{host}\" is not a valid registry host", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Evil_Host.com/x", "repository name must be lowercase")]
    [InlineData("nginx@SHA256:" + Sha256, "invalid reference format: repository name (library/nginx@SHA256) must be lowercase")]
    [InlineData("nginx:1@SHA256:" + Sha256, "invalid checksum digest format")]
    [InlineData("nginx@md5:" + Sha256, "unsupported digest algorithm")]
    [InlineData("nginx@sha256.b:" + Sha256, "unsupported digest algorithm")]
    [InlineData("nginx@sha256:" + Sha256 + "a", "invalid checksum digest length")]
    [InlineData("nginx@sha256:E6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582", "invalid checksum digest format")]
    [InlineData(Sha256, "invalid repository name (" + Sha256 + "), cannot specify 64-byte hexadecimal strings")]
    public void TryParse_KnownMistake_SaysWhich(string text, string expected)
    {
        Assert.False(ImageReference.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void TryParse_LengthLimits_AreOfThePathAndTheTag()
    {
        var domain = string.Join('.', Enumerable.Repeat("a", 200));
        Assert.True(ImageReference.TryParse($"{domain}/{new string('a', 255)}:{new string('t', 128)}", out _, out _));
        Assert.False(ImageReference.TryParse($"{domain}/{new string('a', 256)}", out _, out var path));
        Assert.Equal("repository name must not be more than 255 characters", path);
        Assert.False(ImageReference.TryParse($"nginx:{new string('t', 129)}", out _, out _));

        // The length includes library/.
        Assert.True(ImageReference.TryParse(new string('a', 247), out _, out _));
        Assert.False(ImageReference.TryParse(new string('a', 248), out _, out _));
    }

    [Theory]
    [InlineData("nginx", "nginx")]
    [InlineData("library/nginx", "library/nginx")]
    [InlineData("docker.io/nginx", "nginx")]
    [InlineData("index.docker.io/acme/nginx:1", "acme/nginx")]
    [InlineData("localhost:5000/a/b", "a/b")]
    public void WrittenPath_IsWithoutTheHost(string text, string expected)
    {
        Assert.True(ImageReference.TryParse(text, out var reference, out _));
        Assert.Equal(expected, reference.WrittenPath);
    }

    [Fact]
    public void TryParse_RandomStrings_NeverThrowsAndNormalizedIsAFixedPoint()
    {
        var valid = 0;
        RandomRuns.Each(small: 2_000, full: 100_000, random =>
        {
            var text = ReferenceText.Random(random);
            var parsed = ImageReference.TryParse(text, out var reference, out var error, out var steps);

            Assert.Equal(ReferenceOracle.Normalize(text), reference?.Normalized);
            Assert.Equal(parsed, error is null);
            Assert.InRange(steps, 0, (8 * text.Length) + 8);
            if (reference is not null)
            {
                valid++;
                Assert.True(ImageReference.TryParse(reference.Normalized, out var again, out _), reference.Normalized);
                Assert.Equal(reference.Normalized, again.Normalized);
                Assert.Equal((reference.Domain, reference.Path, reference.Tag, reference.Digest), (again.Domain, again.Path, again.Tag, again.Digest));
            }
        });

        // The random strings include references and other strings.
        Assert.InRange(valid, RandomRuns.Full ? 10_000 : 200, RandomRuns.Full ? 90_000 : 1_800);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a-")]
    [InlineData("a__")]
    [InlineData("a.")]
    [InlineData("a/")]
    [InlineData("A/")]
    [InlineData(":")]
    [InlineData("@")]
    [InlineData("a@b+")]
    [InlineData("[:")]
    [InlineData("a.b/-")]
    [InlineData("a:1/")]
    [InlineData("sha256:f")]
    [InlineData("_")]
    [InlineData("é")]
    public void TryParse_TenTimesAsLong_IsTenTimesTheWork(string unit)
    {
        static int Steps(string text)
        {
            _ = ImageReference.TryParse(text, out _, out _, out var steps);
            return steps;
        }

        var once = string.Concat(Enumerable.Repeat(unit, 10_000));
        var tenTimes = string.Concat(Enumerable.Repeat(unit, 100_000));

        Assert.InRange(Steps(tenTimes), 0, (10.1 * Steps(once)) + 100);
        Assert.InRange(Steps("a.example/" + tenTimes), 0, (10.1 * Steps("a.example/" + once)) + 100);
        Assert.InRange(Steps("nginx:1@" + tenTimes), 0, (10.1 * Steps("nginx:1@" + once)) + 100);
    }
}
