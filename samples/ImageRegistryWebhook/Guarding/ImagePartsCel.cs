using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Guarding;

/// <summary>
/// Takes images apart, as <see cref="ReferenceParser"/> and <see cref="RegistryHost"/> do. CEL has no local names in Kubernetes, so that each step is a list of
/// maps: <c>d</c> the registry as the grammar names it, <c>h</c> the host in lower case without the port of https, <c>r</c> the registry that images are pulled
/// from, <c>p</c> the repository, <c>t</c> the tag with its colon, <c>g</c> the digest with its @, <c>e</c> the reason that the image is denied whatever the rules say.
/// </summary>
internal static class ImagePartsCel
{
    /// <summary>Finds <c>x</c>, the registry as written with its slash, or empty. A long image is not searched.</summary>
    public static string Written { get; } =
        $"variables.images.map(m, {{'k': m.k, 'n': m.n, 'i': m.i, 'x': m.i.size() > {ImageGrammar.LongestImage} ? '' : m.i.find({CelText.Quote(ImageGrammar.Registry)})}})";

    /// <summary>Finds <c>d</c>, <c>h</c> and <c>w</c>, the rest of the image, and what the grammar does not take.</summary>
    public static string Hosts { get; } = Lines(
        $$"""
        variables.written.map(m, {'k': m.k, 'n': m.n, 'i': m.i, 'w': m.i.substring(m.x.size()),
          'd': m.x in ['', 'index.docker.io/'] ? 'docker.io' : m.x.substring(0, m.x.size() - 1),
          'l': m.x in ['', 'index.docker.io/'] ? 'docker.io' : m.x.substring(0, m.x.size() - 1).lowerAscii()})
        .map(m, {'k': m.k, 'n': m.n, 'i': m.i, 'w': m.w, 'd': m.d,
          'h': {{CelText.Matches("m.l", ImageGrammar.HttpsName)}} && !{{CelText.Matches("m.l", ImageGrammar.HttpsNode)}} ? m.l.substring(0, m.l.size() - 4) : m.l,
          'e': m.i.size() > {{ImageGrammar.LongestImage}} || {{CelText.Matches("m.i", ImageGrammar.Identifier)}} || {{CelText.Matches("m.i", ImageGrammar.ImageId)}}
            || !{{CelText.Matches("m.w", ImageGrammar.Rest)}} || !{{CelText.Matches("m.l", ImageGrammar.Host)}} ? {{CelText.Quote(GuardReasons.Invalid)}} : ''})
        """);

    /// <summary>Finds everything else.</summary>
    public static string Parts { get; } = Lines(
        $$"""
        variables.hosts.map(m, {'k': m.k, 'n': m.n, 'i': m.i, 'd': m.d, 'h': m.h,
          'r': m.h in {{CelText.List(RegistryHost.DockerHubNames)}} ? 'docker.io' : m.h,
          'p': (m.d == 'docker.io' && !m.w.contains('/') ? 'library/' : '') + m.w.split('@')[0].split(':')[0],
          't': m.w.split('@')[0].find(':.*'), 'g': m.w.find('@.*'),
          'e': m.e != '' ? m.e : !{{CelText.Matches("m.h", ImageGrammar.PlainHost)}} || m.h.endsWith(':443') ? {{CelText.Quote(GuardReasons.SpellingText)}} : ''})
        .map(m, {'k': m.k, 'n': m.n, 'i': m.i, 'd': m.d, 'h': m.h, 'r': m.r, 'p': m.p, 't': m.t, 'g': m.g,
          'e': m.e == '' && m.p.size() > {{ImageGrammar.LongestPath}} ? {{CelText.Quote(GuardReasons.Invalid)}} : m.e})
        """);

    private static string Lines(string text) => text.ReplaceLineEndings("\n");
}
