using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// Reads YAML and JSON into nodes with places in the text, as kubectl does. The reader refuses more than kubectl: two equal keys, a merge after a key that
/// the merged mapping has too, absurd depth and size.
/// </summary>
[Experimental("ADMEXP001")]
public static class YamlReader
{
    internal const int Deepest = 200;

    /// <summary>Reads the root of each document, one at a time; null for an empty document.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <returns>The roots, in the order of the text.</returns>
    /// <exception cref="YamlReadException">The text is not YAML, or not certain. Thrown during the enumeration.</exception>
    public static IEnumerable<YamlNode?> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReadDocuments(text).Select(document => document.Refusal is { } refusal ? throw refusal : document.Root);
    }

    /// <summary>Reads the documents of a text, one at a time. A document that cannot be read does not stop the others.</summary>
    internal static IEnumerable<ParsedDocument> ReadDocuments(string text)
    {
        var json = new JsonNodeReader(text);
        while (ReadJson(json) is { } document)
        {
            yield return document;
            if (document.Refusal is not null)
            {
                yield break;
            }
        }

        var (remainder, refusal) = FindRest(json);
        if (refusal is not null)
        {
            yield return new ParsedDocument(null, refusal, null, null);
        }

        if (remainder is { } part)
        {
            foreach (var next in TextPart.Split(text, part))
            {
                yield return ReadPart(text, next);
            }
        }
    }

    private static ParsedDocument? ReadJson(JsonNodeReader json)
    {
        try
        {
            return json.TryRead(out var root) ? new ParsedDocument(root, null, null, null) : null;
        }
        catch (YamlReadException exception)
        {
            return new ParsedDocument(null, exception, null, null);
        }
    }

    private static (TextPart? Remainder, YamlReadException? Refusal) FindRest(JsonNodeReader json)
    {
        try
        {
            return (json.FindRest(), null);
        }
        catch (YamlReadException exception)
        {
            return (null, exception);
        }
    }

    private static ParsedDocument ReadPart(string text, TextPart part)
    {
        try
        {
            var (root, unread) = Read(text, part);
            return new ParsedDocument(root, null, unread, part);
        }
        catch (YamlReadException exception)
        {
            return new ParsedDocument(null, exception, null, part);
        }
    }

    /// <summary>Reads the document in a part of a text.</summary>
    /// <returns>The root, null for an empty document; and the place of a text behind the document, which kubectl does not read.</returns>
    /// <exception cref="YamlReadException">The text is not YAML, or not certain.</exception>
    private static (YamlNode? Root, (int Line, int Column)? Unread) Read(string text, TextPart part)
    {
        if (part.Refusal is { } refusal)
        {
            throw new YamlReadException(refusal, part.Line + 1, 1);
        }

        var parser = new YamlParser(new YamlScanner(new YamlCursor(text, part)));
        var root = parser.ReadDocument();
        return (root is YamlScalar scalar && YamlJson.Convert(scalar) is null ? null : root, parser.FindUnread());
    }
}
