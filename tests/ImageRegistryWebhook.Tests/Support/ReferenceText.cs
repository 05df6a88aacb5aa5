using System.Text;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>Random image strings: put together from parts that mostly fit, then sometimes damaged.</summary>
internal static class ReferenceText
{
    private const string Characters = "abz019ABZ.-_:/@[]% \n\t\0+*?#\\$\u00e9\u0130\u212a\u200b\u202e\ud800\uffff";

    private static readonly string[] Hosts =
    [
        "", "", "", "docker.io/", "index.docker.io/", "DOCKER.IO/", "registry-1.docker.io/", "localhost/", "localhost:5000/", "registry.example.com/",
        "registry.example.com:443/", "registry.example.com:0443/", "a-b.c/", "-a.b/", "a_b.c/", "Upper/", "[::1]/", "[fe80::1]:5000/", "[]/", "127.0.0.1:80/",
        "a..b/", "host:/", "host:99999/",
    ];

    private static readonly string[] Parts = ["library", "nginx", "a", "acme-corp", "a__b", "a_b", "a.b", "a---b", "Upper", "a-", "_a", "0", "a..b", "localhost"];
    private static readonly string[] Tags = ["", "", ":latest", ":1.25", ":V1_x-y", ":", ":-a", ":.a", ":a:b", ":_"];

    public static string Random(Random random)
    {
        if (random.Next(10) == 0)
        {
            return string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Characters[random.Next(Characters.Length)]));
        }

        var text = new StringBuilder(Pick(random, Hosts));
        text.AppendJoin('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, Parts)));
        text.Append(Pick(random, Tags));
        if (random.Next(4) == 0)
        {
            text.Append('@').Append(Digest(random));
        }

        if (random.Next(4) == 0)
        {
            Damage(text, random);
        }

        return text.ToString();
    }

    private static string Digest(Random random)
    {
        string[] algorithms = ["sha256", "sha256", "sha384", "sha512", "md5", "SHA256", "sha256+b", "sha-2", ""];
        int[] lengths = [64, 64, 96, 128, 32, 31, 63];
        var hex = random.Next(8) == 0 ? "0123456789abcdefABCDEFg" : "0123456789abcdef";
        return Pick(random, algorithms) + ":" + string.Concat(Enumerable.Range(0, lengths[random.Next(lengths.Length)]).Select(_ => hex[random.Next(hex.Length)]));
    }

    private static void Damage(StringBuilder text, Random random)
    {
        var character = Characters[random.Next(Characters.Length)];
        var position = random.Next(text.Length + 1);
        switch (random.Next(3))
        {
            case 0:
                text.Insert(position, character);
                break;
            case 1 when position < text.Length:
                text.Remove(position, 1);
                break;
            default:
                text.Append(new string(character, random.Next(300)));
                break;
        }
    }

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
