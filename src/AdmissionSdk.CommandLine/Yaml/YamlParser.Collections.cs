namespace AdmissionSdk.CommandLine.Yaml;

internal sealed partial class YamlParser
{
    private YamlSequence ReadIndentlessSequence(NodeStart start, int depth)
    {
        List<YamlNode> items = [];
        while (scanner.Peek() is { Kind: YamlTokenKind.BlockEntry } dash)
        {
            scanner.Take();
            items.Add(scanner.Peek().Kind is YamlTokenKind.BlockEntry or YamlTokenKind.Key or YamlTokenKind.Value or YamlTokenKind.BlockEnd
                ? ReadEmpty(After(dash))
                : ReadNode(isBlock: true, isIndentless: false, depth + 1));
        }

        return CreateSequence(items, start, isFlow: false);
    }

    private YamlSequence ReadBlockSequence(NodeStart start, int depth)
    {
        scanner.Take();
        List<YamlNode> items = [];
        while (scanner.Peek() is { Kind: not YamlTokenKind.BlockEnd } dash)
        {
            if (dash.Kind != YamlTokenKind.BlockEntry)
            {
                throw Refuse("an element of a list begins with a dash at the same indentation");
            }

            scanner.Take();
            items.Add(scanner.Peek().Kind is YamlTokenKind.BlockEntry or YamlTokenKind.BlockEnd ? ReadEmpty(After(dash)) : ReadNode(isBlock: true, isIndentless: false, depth + 1));
        }

        scanner.Take();
        return CreateSequence(items, start, isFlow: false);
    }

    private YamlMapping ReadBlockMapping(NodeStart start, int depth)
    {
        scanner.Take();
        var entries = new EntryList();
        while (scanner.Peek() is { Kind: not YamlTokenKind.BlockEnd } mark)
        {
            if (mark.Kind != YamlTokenKind.Key)
            {
                throw Refuse("a key is expected at this indentation; the line is indented in another way than the keys before it, or the colon is missing");
            }

            scanner.Take();
            var at = scanner.Peek();
            var key = EndsBlockEntry(at) ? ReadEmpty(After(mark)) : ReadNode(isBlock: true, isIndentless: true, depth + 1);
            entries.Add(at, key, ReadBlockValue(depth), _wasAlias);
        }

        scanner.Take();
        return CreateMapping(entries, start, isFlow: false);
    }

    private YamlNode ReadBlockValue(int depth)
    {
        var mark = scanner.Peek();
        if (mark.Kind != YamlTokenKind.Value)
        {
            return ReadEmpty(mark with { End = mark.Start });
        }

        scanner.Take();
        return EndsBlockEntry(scanner.Peek()) ? ReadEmpty(After(mark)) : ReadNode(isBlock: true, isIndentless: true, depth + 1);
    }

    private YamlSequence ReadFlowSequence(NodeStart start, int depth)
    {
        var open = scanner.Take();
        List<YamlNode> items = [];
        while (NextFlowEntry(open, YamlTokenKind.FlowSequenceEnd, items.Count > 0))
        {
            items.Add(scanner.Peek().Kind == YamlTokenKind.Key ? ReadPair(depth + 1) : ReadNode(isBlock: false, isIndentless: false, depth + 1));
        }

        _end = scanner.Take().End;
        return CreateSequence(items, start, isFlow: true);
    }

    // A key and a value in a list, such as [a: b], are a mapping.
    private YamlMapping ReadPair(int depth)
    {
        var mark = scanner.Take();
        var at = scanner.Peek();
        if (at.Kind is YamlTokenKind.Value or YamlTokenKind.FlowEntry or YamlTokenKind.FlowSequenceEnd)
        {
            throw Refuse("a key is expected behind the question mark");
        }

        var entries = new EntryList();
        var key = ReadNode(isBlock: false, isIndentless: false, depth);
        entries.Add(at, key, ReadFlowValue(YamlTokenKind.FlowSequenceEnd, depth), _wasAlias);
        return CreateMapping(entries, new NodeStart(mark, mark.Start, ""), isFlow: true);
    }

    private YamlMapping ReadFlowMapping(NodeStart start, int depth)
    {
        var open = scanner.Take();
        var entries = new EntryList();
        while (NextFlowEntry(open, YamlTokenKind.FlowMappingEnd, entries.Count > 0))
        {
            var at = scanner.Peek();
            if (at.Kind != YamlTokenKind.Key)
            {
                // A key without a colon has no value.
                var only = ReadNode(isBlock: false, isIndentless: false, depth + 1);
                var next = scanner.Peek();
                entries.Add(at, only, ReadEmpty(next with { End = next.Start }), isAlias: false);
                continue;
            }

            scanner.Take();
            at = scanner.Peek();
            var key = at.Kind is YamlTokenKind.Value or YamlTokenKind.FlowEntry or YamlTokenKind.FlowMappingEnd ? ReadEmpty(After(at)) : ReadNode(isBlock: false, isIndentless: false, depth + 1);
            entries.Add(at, key, ReadFlowValue(YamlTokenKind.FlowMappingEnd, depth), _wasAlias);
        }

        _end = scanner.Take().End;
        return CreateMapping(entries, start, isFlow: true);
    }

    private YamlNode ReadFlowValue(YamlTokenKind closing, int depth)
    {
        var mark = scanner.Peek();
        if (mark.Kind != YamlTokenKind.Value)
        {
            return ReadEmpty(mark with { End = mark.Start });
        }

        scanner.Take();
        var next = scanner.Peek().Kind;
        return next == YamlTokenKind.FlowEntry || next == closing ? ReadEmpty(After(mark)) : ReadNode(isBlock: false, isIndentless: false, depth + 1);
    }

    // Passes the comma; false before the closing bracket.
    private bool NextFlowEntry(YamlToken open, YamlTokenKind closing, bool needsComma)
    {
        if (needsComma && scanner.Peek().Kind != closing)
        {
            if (scanner.Peek().Kind != YamlTokenKind.FlowEntry)
            {
                var bracket = closing == YamlTokenKind.FlowMappingEnd ? '}' : ']';
                throw Refuse($"a comma or the closing {bracket} is expected, of the bracket at line {open.Line}");
            }

            scanner.Take();
        }

        return scanner.Peek().Kind != closing;
    }

    private static bool EndsBlockEntry(YamlToken token) => token.Kind is YamlTokenKind.Key or YamlTokenKind.Value or YamlTokenKind.BlockEnd;

    private static YamlToken After(YamlToken token) => token with { Start = token.End, Column = token.Column + token.End - token.Start };

    private YamlSequence CreateSequence(List<YamlNode> items, NodeStart start, bool isFlow)
    {
        items.TrimExcess();
        return new YamlSequence(items, start.First.Line, start.First.Column) { Span = new NodeSpan(start.First.Start, _end, isFlow) };
    }

    private YamlMapping CreateMapping(EntryList entries, NodeStart start, bool isFlow) =>
        new(entries.Complete(), start.First.Line, start.First.Column) { Span = new NodeSpan(start.First.Start, _end, isFlow) };
}
