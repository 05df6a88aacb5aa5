namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Builds the nodes of a document from its tokens.</summary>
internal sealed partial class YamlParser(YamlScanner scanner)
{
    // Bounds the memory: a larger document holds more than the objects that a command takes from one file.
    internal const int MostNodes = 2_000_000;
    private const string DefaultTags = "tag:yaml.org,2002:";

    private readonly Dictionary<string, YamlNode?> _anchors = [];
    private readonly Dictionary<string, string> _tags = new() { ["!"] = "!", ["!!"] = DefaultTags };
    private int _nodes;
    private int _end;
    private bool _wasAlias;

    /// <summary>Reads the root; null without a document.</summary>
    /// <exception cref="YamlReadException">The text is not YAML, or not certain.</exception>
    public YamlNode? ReadDocument()
    {
        var first = scanner.Peek();
        if (first.Kind == YamlTokenKind.End)
        {
            return null;
        }

        var isExplicit = ReadDirectives();
        if (scanner.Peek().Kind == YamlTokenKind.DocumentStart)
        {
            scanner.Take();
        }
        else if (isExplicit)
        {
            throw new YamlReadException("a directive is followed by --- in the same document, and kubectl splits documents at --- first; leave the directive out", first.Line, first.Column);
        }
        else
        {
            return ReadNode(isBlock: true, isIndentless: false, 0);
        }

        return scanner.Peek().Kind is YamlTokenKind.VersionDirective or YamlTokenKind.TagDirective or YamlTokenKind.DocumentStart or YamlTokenKind.DocumentEnd or YamlTokenKind.End
            ? null
            : ReadNode(isBlock: true, isIndentless: false, 0);
    }

    /// <summary>Finds text behind the document, which kubectl does not read.</summary>
    public (int Line, int Column)? FindUnread()
    {
        while (scanner.Peek().Kind == YamlTokenKind.DocumentEnd)
        {
            scanner.Take();
            try
            {
                scanner.Peek();
            }
            catch (YamlReadException exception)
            {
                return (exception.Line, exception.Column);
            }
        }

        var next = scanner.Peek();
        return next.Kind == YamlTokenKind.End ? null : (next.Line, next.Column);
    }

    private bool ReadDirectives()
    {
        var any = false;
        HashSet<string> seen = [];
        while (scanner.Peek() is { Kind: YamlTokenKind.VersionDirective or YamlTokenKind.TagDirective } directive)
        {
            any = true;
            if (!seen.Add(directive.Text) || (directive.Kind == YamlTokenKind.VersionDirective && directive.Text != "1.1"))
            {
                throw Refuse(directive.Kind == YamlTokenKind.VersionDirective ? $"kubectl reads YAML 1.1 and not {directive.Text}; leave the directive out" : $"the directive %TAG {directive.Text} is there twice");
            }

            if (directive.Kind == YamlTokenKind.TagDirective)
            {
                _tags[directive.Text] = directive.Suffix;
            }

            scanner.Take();
        }

        return any;
    }

    private YamlNode ReadNode(bool isBlock, bool isIndentless, int depth)
    {
        var first = scanner.Peek();
        if (depth > YamlReader.Deepest)
        {
            throw Refuse($"nested deeper than {YamlReader.Deepest} levels");
        }

        if (++_nodes > MostNodes)
        {
            throw Refuse($"more than {MostNodes} values in one document; split the document");
        }

        if (first.Kind == YamlTokenKind.Alias)
        {
            return ReadAlias();
        }

        var (anchor, tag, end) = ReadProperties(first);
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        var node = ReadContent(new NodeStart(first, end, tag), isBlock, isIndentless, depth);
        if (anchor is not null)
        {
            // An equal anchor inside stays in force, as for kubectl.
            _anchors[anchor] ??= node;
        }

        _wasAlias = false;
        return node;
    }

    private YamlNode ReadAlias()
    {
        var alias = scanner.Peek();
        if (!_anchors.TryGetValue(alias.Text, out var target))
        {
            throw Refuse($"the anchor \"{alias.Text}\" is missing before this alias");
        }

        if (target is null)
        {
            throw Refuse($"the anchor \"{alias.Text}\" contains itself");
        }

        scanner.Take();
        (_end, _wasAlias) = (alias.End, true);
        return target;
    }

    // An anchor and a tag, in either order.
    private (string? Anchor, string Tag, int End) ReadProperties(YamlToken first)
    {
        string? anchor = null;
        string? tag = null;
        var end = first.Start;
        while (scanner.Peek() is var token && ((token.Kind == YamlTokenKind.Anchor && anchor is null) || (token.Kind == YamlTokenKind.Tag && tag is null)))
        {
            if (token.Kind == YamlTokenKind.Anchor)
            {
                anchor = token.Text;
            }
            else if (token.Text.Length == 0)
            {
                tag = token.Suffix;
            }
            else
            {
                tag = (_tags.TryGetValue(token.Text, out var prefix) ? prefix : throw Refuse($"the tag {token.Text} has no %TAG directive")) + token.Suffix;
            }

            end = token.End;
            scanner.Take();
        }

        return (anchor, tag ?? "", end);
    }

    private YamlNode ReadContent(NodeStart start, bool isBlock, bool isIndentless, int depth)
    {
        var token = scanner.Peek();
        switch (token.Kind)
        {
            case YamlTokenKind.BlockEntry when isIndentless:
                return ReadIndentlessSequence(start, depth);
            case YamlTokenKind.Scalar:
                scanner.Take();
                _end = token.End;
                return new YamlScalar(token.Text, token.Style, token.Start, token.End, start.Tag, token.Line, token.Column);
            case YamlTokenKind.FlowSequence:
                return ReadFlowSequence(start, depth);
            case YamlTokenKind.FlowMapping:
                return ReadFlowMapping(start, depth);
            case YamlTokenKind.BlockSequence when isBlock:
                return ReadBlockSequence(start, depth);
            case YamlTokenKind.BlockMapping when isBlock:
                return ReadBlockMapping(start, depth);
            default:
                // An anchor or a tag alone stands for a null.
                return start.HasProperties ? ReadEmpty(start.First with { End = start.End }, start.Tag) : throw Refuse(Describe(token));
        }
    }

    private YamlScalar ReadEmpty(YamlToken place, string tag = "")
    {
        (_end, _wasAlias) = (place.End, false);
        return new YamlScalar("", YamlScalarStyle.Plain, place.Start, place.End, tag, place.Line, place.Column);
    }

    private YamlReadException Refuse(string message)
    {
        var at = scanner.Peek();
        return new YamlReadException(message, at.Line, at.Column);
    }

    private static string Describe(YamlToken token) => token.Kind switch
    {
        YamlTokenKind.End => "a value is expected, and the document ends",
        YamlTokenKind.FlowEntry => "a value is expected before the comma",
        YamlTokenKind.FlowMappingEnd => "a closing } without its {",
        YamlTokenKind.FlowSequenceEnd => "a closing ] without its [",
        YamlTokenKind.BlockEntry => "a list with dashes cannot be within brackets or on the line of its key",
        YamlTokenKind.DocumentStart or YamlTokenKind.DocumentEnd => "a value is expected before the end of the document",
        _ => "a value is expected",
    };
}
