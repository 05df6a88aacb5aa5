using System.Diagnostics.CodeAnalysis;
using AdmissionSdk.CommandLine.Reports;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// Reads YAML and JSON into nodes with places in the text. The reader refuses YAML that other readers take in different ways: two equal keys, an anchor
/// inside itself, a key that is not a scalar or has a tag, a merge after a key that the merged mapping has too, absurd depth.
/// </summary>
[Experimental("ADMEXP001")]
public sealed class YamlReader
{
    internal const int Deepest = 200;

    private readonly TokenScanner _scanner;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode?> _anchors = [];
    private readonly TextPart _part;
    private int _end;

    private YamlReader(TextPart part)
    {
        _scanner = new TokenScanner(new StringReader(part.Text));
        _parser = new Parser(_scanner);
        _part = part;
    }

    /// <summary>Reads the root of each document, one at a time; null for an empty document.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <returns>The roots, in the order of the text.</returns>
    /// <exception cref="YamlReadException">The text is not YAML, or not certain. Thrown during the enumeration.</exception>
    public static IEnumerable<YamlNode?> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return JsonNodeReader.TryRead(text) ?? Read(new TextPart(text, 0, 0));
    }

    /// <summary>Reads the roots of the documents in a part of a text, with places in the whole text.</summary>
    internal static IEnumerable<YamlNode?> Read(TextPart part)
    {
        var reader = new YamlReader(part);
        while (reader.TryReadDocument(out var root))
        {
            yield return root;
        }
    }

    private bool TryReadDocument(out YamlNode? root)
    {
        root = null;
        try
        {
            while (_parser.MoveNext())
            {
                if (_parser.Current is DocumentStart)
                {
                    _anchors.Clear();
                    _parser.MoveNext();
                    var node = ReadNode(0);
                    root = node is YamlScalar { Kind: YamlScalarKind.Null } ? null : node;
                    return true;
                }
            }

            return false;
        }
        catch (YamlException exception)
        {
            throw new YamlReadException(SafeText.ToLine(exception.Message), Line(exception.Start), (int)exception.Start.Column);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // YamlDotNet throws these exceptions on some broken texts.
            throw new YamlReadException(SafeText.ToLine(exception.Message), Line(_scanner.CurrentPosition), (int)_scanner.CurrentPosition.Column);
        }
    }

    // Leaves the parser on the node's last event.
    private YamlNode ReadNode(int depth)
    {
        var current = _parser.Current!;
        if (depth > Deepest)
        {
            throw Refuse($"nested deeper than {Deepest} levels", current);
        }

        if (current is AnchorAlias alias)
        {
            _end = Index(alias.End);
            return !_anchors.TryGetValue(alias.Value.Value, out var target) ? throw Refuse($"the anchor \"{alias.Value.Value}\" is missing before this alias", current)
                : target ?? throw Refuse($"the anchor \"{alias.Value.Value}\" contains itself", current);
        }

        var anchor = current is NodeEvent { Anchor.IsEmpty: false } anchored ? anchored.Anchor.Value : null;
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        YamlNode node = current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadSequence(start, depth),
            MappingStart start => ReadMapping(start, depth),
            _ => throw Refuse("a value is expected", current),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        var style = scalar.Style switch
        {
            ScalarStyle.SingleQuoted => YamlScalarStyle.SingleQuoted,
            ScalarStyle.DoubleQuoted => YamlScalarStyle.DoubleQuoted,
            ScalarStyle.Literal or ScalarStyle.Folded => YamlScalarStyle.Block,
            _ => YamlScalarStyle.Plain,
        };
        // A null without text has no token.
        var token = _scanner.LastScalar is { } last && last.End.Index == scalar.End.Index && last.Value == scalar.Value ? last : null;
        var start = token?.Start ?? scalar.Start;
        _end = Index(scalar.End);
        return new YamlScalar(
            scalar.Value, style, Index(start), Index(scalar.End), scalar.Tag.IsEmpty ? "" : scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value, Line(start), (int)start.Column);
    }

    private YamlSequence ReadSequence(SequenceStart start, int depth)
    {
        List<YamlNode> items = [];
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlSequence(items, Line(start.Start), (int)start.Start.Column) { Span = Span(start.Start, start.Style == SequenceStyle.Flow) };
    }

    private YamlMapping ReadMapping(MappingStart start, int depth)
    {
        List<YamlEntry> entries = [];
        HashSet<string> keys = [];
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var at = _parser.Current!;
            if (ReadNode(depth + 1) is not YamlScalar key)
            {
                throw Refuse("a key must be a scalar", at);
            }

            if (!keys.Add(key.Value))
            {
                throw Refuse($"the key \"{key.Value}\" is there twice", at);
            }

            if (!key.IsAsWritten && key.Tag != "tag:yaml.org,2002:merge")
            {
                throw Refuse("a key with a tag", at);
            }

            _parser.MoveNext();
            entries.Add(new YamlEntry(key, ReadNode(depth + 1)));
            if (entries[^1].IsMerge)
            {
                RefuseLateMerge(entries, at);
            }
        }

        return new YamlMapping(entries, Line(start.Start), (int)start.Start.Column) { Span = Span(start.Start, start.Style == MappingStyle.Flow) };
    }

    // By the standard, the mapping's own key always wins; in kubectl's reader, a merge wins over the keys before the merge.
    private void RefuseLateMerge(List<YamlEntry> entries, ParsingEvent at)
    {
        var merge = new YamlMapping([entries[^1]], Line(at.Start), (int)at.Start.Column);
        foreach (var own in entries.Where(entry => !entry.IsMerge))
        {
            if (merge.Find(own.Key.Value) is { } merged && !ReferenceEquals(merged, own.Value))
            {
                throw Refuse($"the key \"{own.Key.Value}\" is before a merge that has it too, and readers of YAML differ in which counts; put the merge first", at);
            }
        }
    }

    private YamlReadException Refuse(string message, ParsingEvent at) => new(message, Line(at.Start), (int)at.Start.Column);

    // A block ends with its last node; the parser would put the end at the next token, after comments.
    private NodeSpan Span(Mark start, bool isFlow)
    {
        if (isFlow)
        {
            // The parser's event ends before the closing bracket.
            _end = Index(_parser.Current!.Start) + 1;
        }

        return new NodeSpan(Index(start), _end, isFlow);
    }

    private int Index(Mark mark) => (int)mark.Index + _part.Index;

    private int Line(Mark mark) => (int)mark.Line + _part.Line;
}
