using System.Text;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>Strings that imitate an approved registry.</summary>
internal static class HostileReference
{
    public const string Approved = "registry.example.com";

    private const string Digest = "sha256:e6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582";

    private static readonly string[] Insertions =
    [
        "", "", "\0", " ", "\t", "\n", "\r\n", "\u0085", "\u00a0", "\u200b", "\u202e", "\ufeff", "\u00ad", "\u0130", "\u0131", "\u212a", "\u017f", "\uff0e", "\u3002", "\u2024",
        "\u0430", "\ud800", "\ud83d\ude00", "%2f", "%00", "\\", "?", "#", "@", "@@", ":", "::", "//", "/", "/../", "/./", "..", ".", "-", "_", "__", "*", "+", "~", "[", "]",
        "user:pass@", "https://", "oci://", "docker://", "xn--", ":443", ":0443", ":00000000443", ":443:443", ":65979", ":4294967739", ":18446744073709552059", ":80", ":0", ":-1", ":+443",
        ":\u0664\u0664\u0663", ":", ".evil.example", ".evil.example/", "evil.example/", "evil.example:443/", "@evil.example/", "evil-", "-evil", "_evil", ".com", "\u00e9",
    ];

    private static readonly string[] Hosts =
    [
        Approved, Approved, Approved, "REGISTRY.EXAMPLE.COM", "Registry.example.com", "docker.io", "index.docker.io", "INDEX.docker.io", "registry-1.docker.io", "registry.hub.docker.com",
        "docker.com", "a.registry-1.docker.io", "evil.docker.io", "localhost", "LOCALHOST", "localhost:443", "localhost:80", "127.0.0.1", "127.0.0.1:443", "127.1", "0177.0.0.1", "[::1]", "[::1]:443", "[::ffff:7f00:1]", "[fe80::1]:05000",
        "[2001:db8::1]", "[2001:0DB8:0::1]:443", "[::1%eth0]", "registry", "Registry", "example.com", "a.registry.example.com", "registry.example.com.evil.example", "evilregistry.example.com",
        "", "registry.example.co", "registry_example.com", "registry..example.com", "registry.example.com.", ".registry.example.com", "-registry.example.com", "sha256", "sha512",
    ];

    private static readonly string[] Paths = ["nginx", "a/b", "library/nginx", "Nginx", "a//b", "", ".", "..", "a/../b", "a__b", "a___b", "registry.example.com/a", "a.b", "0"];
    private static readonly string[] Suffixes =
    [
        "", "", ":1", ":latest", "@" + Digest, ":1@" + Digest, "@" + Digest + "@" + Digest, "@sha512:" + "0", "@SHA256:" + "00", "@md5:d41d8cd98f00b204e9800998ecf8427e", ":", "@", ":a:b",
        ":e6693c20186f837fc393390135d8a598a96a833917917789d63766cab6c59582", ":e6693c20", ":1 ", ":1\n", ":1\0", ":\u0661",
    ];

    /// <summary>Every host with every insertion before, within and after the host, and every path and suffix with the approved host.</summary>
    public static IEnumerable<string> All() =>
        Hosts.SelectMany(host => Insertions.SelectMany(insertion => (string[])
            [$"{host}{insertion}/a", $"{insertion}{host}/a", $"{host[..(host.Length / 2)]}{insertion}{host[(host.Length / 2)..]}/a", $"{host}/{insertion}a", $"{host}/a{insertion}", $"{host}{insertion}"]))
        .Concat(Hosts.SelectMany(host => Suffixes.SelectMany(suffix => Paths.Select(path => $"{host}/{path}{suffix}").Append(host + suffix))))
        .Append(new string('a', 100_000)).Append($"{Approved}/{new string('a', 100_000)}").Append(string.Concat(Enumerable.Repeat("a/", 50_000)) + Approved + "/a")
        .Append($"{Approved}:{new string('0', 10_000)}443/a").Append($"{Approved}:{new string('9', 10_000)}/a").Append(Digest).Append(Digest[7..]).Append(Digest[..12]);

    public static string Random(Random random)
    {
        if (random.Next(3) == 0)
        {
            return ReferenceText.Random(random);
        }

        var text = new StringBuilder(Pick(random, Hosts)).Append('/').Append(Pick(random, Paths)).Append(Pick(random, Suffixes));
        for (var times = random.Next(3); times > 0; times--)
        {
            text.Insert(random.Next(text.Length + 1), Pick(random, Insertions));
        }

        return text.ToString();
    }

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
