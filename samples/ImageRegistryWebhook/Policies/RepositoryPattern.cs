using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ImageRegistryWebhook.Policies;

/// <summary>A repository, or with a trailing <c>/</c> everything below a path; <c>*</c> matches within one component.</summary>
internal sealed class RepositoryPattern
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/*");

    private readonly Glob[] _components;
    private readonly bool _isPrefix;
    private readonly string _text;

    private RepositoryPattern(Glob[] components, bool isPrefix, string text)
    {
        _components = components;
        _isPrefix = isPrefix;
        _text = text;
    }

    /// <summary>Matches every repository.</summary>
    public static RepositoryPattern Any { get; } = new([], true, "*");

    /// <summary>Reads a pattern.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RepositoryPattern? pattern, [NotNullWhen(false)] out string? error)
    {
        pattern = null;
        error = text.Length == 0 ? "is empty; leave repositories out for any"
            : text.StartsWith('/') ? "begins with \"/\"; a path follows the host without it"
            : text.Contains(':', StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal) ? "has a tag or digest; they belong into tags and digest"
            : text.AsSpan().IndexOfAnyInRange('A', 'Z') >= 0 ? "has capitals, which no repository has"
            : text.AsSpan().IndexOfAnyExcept(Characters) >= 0 ? "has a character that no repository has"
            : text.Contains("//", StringComparison.Ordinal) ? "has an empty component"
            : text.Contains("**", StringComparison.Ordinal) ? "has \"**\"; \"*\" matches within one component, a trailing \"/\" everything below"
            : null;
        if (error is null)
        {
            pattern = Of(text);
        }

        return error is null;
    }

    /// <summary>The same pattern below other components.</summary>
    /// <param name="prefix">Components with slashes between, or empty.</param>
    public RepositoryPattern Below(string prefix) => prefix.Length == 0 ? this
        : new RepositoryPattern([.. prefix.Split('/').Select(component => new Glob(component)), .. _components], _isPrefix, $"{prefix}/{_text}");

    /// <summary>The same repositories under their names on Docker Hub, where a single component is below <c>library/</c>.</summary>
    public IEnumerable<RepositoryPattern> OnDockerHub() => (_components.Length, _isPrefix) switch
    {
        (0, _) => [Of("library/*"), Of("*/")],
        (1, false) => [Below("library")],
        _ => [this],
    };

    /// <summary>The pattern without its first component, if that can be <paramref name="first"/>.</summary>
    public RepositoryPattern? Without(string first) => _components.Length == 0 || (_components.Length == 1 && !_isPrefix) || !_components[0].Matches(first) ? null
        : new RepositoryPattern(_components[1..], _isPrefix, _text);

    /// <summary>Tests if the pattern matches a repository.</summary>
    public bool Matches(string path)
    {
        var index = 0;
        foreach (var range in path.AsSpan().Split('/'))
        {
            if (index == _components.Length)
            {
                return _isPrefix;
            }

            if (!_components[index++].Matches(path.AsSpan()[range]))
            {
                return false;
            }
        }

        return !_isPrefix && index == _components.Length;
    }

    /// <summary>Tests if this pattern matches every repository that the other matches.</summary>
    public bool Covers(RepositoryPattern other) =>
        (_isPrefix ? other._components.Length + (other._isPrefix ? 1 : 0) > _components.Length
            : !other._isPrefix && other._components.Length == _components.Length)
        && _components.Zip(other._components).All(pair => pair.First.Covers(pair.Second));

    /// <summary>Tests if both patterns match some common repository.</summary>
    public bool Intersects(RepositoryPattern other) =>
        (_isPrefix || other._isPrefix || _components.Length == other._components.Length)
        && (!_isPrefix || other._isPrefix || other._components.Length > _components.Length)
        && (_isPrefix || !other._isPrefix || _components.Length > other._components.Length)
        && _components.Zip(other._components).All(pair => pair.First.Intersects(pair.Second));

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static RepositoryPattern Of(string text)
    {
        var isPrefix = text.EndsWith('/');
        return new([.. (isPrefix ? text[..^1] : text).Split('/').Select(component => new Glob(component))], isPrefix, text);
    }
}
