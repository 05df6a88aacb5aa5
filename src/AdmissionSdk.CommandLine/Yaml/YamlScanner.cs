namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// Splits the text of a document into tokens, as the YAML 1.1 reader of kubectl does, which is not the standard's: a quoted text needs no indentation, and
/// the white lines at the beginning of a block may be as deep as its text.
/// </summary>
internal sealed partial class YamlScanner(YamlCursor cursor)
{
    // A key is on one line and not longer.
    private const int LongestKey = 1024;

    private readonly TextPool _pool = new();
    private readonly List<YamlToken> _tokens = [];
    private readonly Stack<int> _indents = [];
    private readonly List<SimpleKey?> _keys = [null];
    private int _head;
    private int _taken;
    private int _indent = -1;
    private bool _keyAllowed = true;
    private bool _ended;

    private bool IsFlow => _keys.Count > 1;

    /// <summary>Gets the next token and does not take the token.</summary>
    /// <exception cref="YamlReadException">The text is not YAML.</exception>
    public YamlToken Peek()
    {
        while (!_ended && (_head == _tokens.Count || MayBecomeKey()))
        {
            Fetch();
        }

        return _tokens[_head];
    }

    /// <summary>Takes the next token.</summary>
    public YamlToken Take()
    {
        var token = Peek();
        if (token.Kind == YamlTokenKind.End)
        {
            return token;
        }

        _taken++;
        if (++_head == _tokens.Count)
        {
            _tokens.Clear();
            _head = 0;
        }

        return token;
    }

    // The next token is known only when no colon can make a key of the token.
    private bool MayBecomeKey()
    {
        for (var level = 0; level < _keys.Count; level++)
        {
            if (_keys[level] is { } key && key.Number == _taken && FindKey(level) is not null)
            {
                return true;
            }
        }

        return false;
    }

    // The key of a flow level; null if there is none, or if the text has gone on for too long.
    private SimpleKey? FindKey(int level)
    {
        if (_keys[level] is { } key && (key.Row < cursor.Row || key.Index + LongestKey < cursor.Index))
        {
            RefuseRequired(key);
            _keys[level] = null;
        }

        return _keys[level];
    }

    private static void RefuseRequired(SimpleKey key)
    {
        if (key.IsRequired)
        {
            throw new YamlReadException("a key with a colon is expected", key.Line, key.Column);
        }
    }

    private void SaveKey()
    {
        if (_keyAllowed)
        {
            RemoveKey();
            _keys[^1] = new SimpleKey(
                _taken + _tokens.Count - _head, !IsFlow && _indent == cursor.Indent, cursor.Index, cursor.Row, cursor.Indent, cursor.Line, cursor.Column);
        }
    }

    private void RemoveKey()
    {
        if (_keys[^1] is { } key)
        {
            RefuseRequired(key);
            _keys[^1] = null;
        }
    }

    // A deeper indentation begins a collection.
    private void Roll(YamlTokenKind kind, int indent, YamlToken token, int at)
    {
        if (!IsFlow && _indent < indent)
        {
            _indents.Push(_indent);
            _indent = indent;
            _tokens.Insert(at, token with { Kind = kind, End = token.Start });
        }
    }

    private void Unroll(int indent)
    {
        while (!IsFlow && _indent > indent)
        {
            _tokens.Add(Here(YamlTokenKind.BlockEnd));
            _indent = _indents.Pop();
        }
    }

    private YamlToken Here(YamlTokenKind kind) => new(kind, cursor.Index, cursor.Index, cursor.Line, cursor.Column);

    private void AddMark(YamlTokenKind kind, int length = 1)
    {
        var token = Here(kind);
        cursor.Skip(length);
        _tokens.Add(token with { End = cursor.Clamp(cursor.Index) });
    }

    private void Fetch()
    {
        SkipToToken();
        Unroll(cursor.Indent);
        var next = cursor.Current;
        if (next == YamlCursor.End)
        {
            FetchEnd();
        }
        else if (cursor.Indent == 0 && next == '%')
        {
            FetchDirective();
        }
        else if (cursor.IsMarker)
        {
            Unroll(-1);
            RemoveKey();
            _keyAllowed = false;
            AddMark(next == '-' ? YamlTokenKind.DocumentStart : YamlTokenKind.DocumentEnd, 3);
        }
        else if (!TryFetchIndicator(next))
        {
            FetchNode(next);
        }
    }

    private void SkipToToken()
    {
        while (true)
        {
            // A tab may not indent a block.
            while (cursor.Current == ' ' || (cursor.Current == '\t' && (IsFlow || !_keyAllowed)))
            {
                cursor.Skip();
            }

            if (cursor.Current == '#')
            {
                cursor.SkipLine();
            }

            if (!cursor.IsBreak)
            {
                return;
            }

            cursor.SkipBreak();
            _keyAllowed |= !IsFlow;
        }
    }

    private bool TryFetchIndicator(char next)
    {
        switch (next)
        {
            case '{' when cursor.Peek(1) == '{':
                // In YAML, a mapping would be a key, which Kubernetes refuses.
                throw cursor.Refuse("this is a template that was not rendered ({{ }}): render it with helm template first");
            case '[' or '{':
                SaveKey();
                _keys.Add(null);
                _keyAllowed = true;
                AddMark(next == '[' ? YamlTokenKind.FlowSequence : YamlTokenKind.FlowMapping);
                return true;
            case ']' or '}':
                RemoveKey();
                if (IsFlow)
                {
                    _keys.RemoveAt(_keys.Count - 1);
                }

                _keyAllowed = false;
                AddMark(next == ']' ? YamlTokenKind.FlowSequenceEnd : YamlTokenKind.FlowMappingEnd);
                return true;
            case ',':
                RemoveKey();
                _keyAllowed = true;
                AddMark(YamlTokenKind.FlowEntry);
                return true;
            case '-' when cursor.IsBlankOrEndAt(1):
                FetchBlockEntry();
                return true;
            case '?' when IsFlow || cursor.IsBlankOrEndAt(1):
                FetchKey();
                return true;
            case ':' when IsFlow || cursor.IsBlankOrEndAt(1):
                FetchValue();
                return true;
            default:
                return false;
        }
    }

    private void FetchBlockEntry()
    {
        if (!IsFlow)
        {
            RefuseUnlessAllowed("a list cannot begin here; put it on a line of its own");
            Roll(YamlTokenKind.BlockSequence, cursor.Indent, Here(YamlTokenKind.BlockEntry), _tokens.Count);
        }

        RemoveKey();
        _keyAllowed = true;
        AddMark(YamlTokenKind.BlockEntry);
    }

    private void FetchKey()
    {
        if (!IsFlow)
        {
            RefuseUnlessAllowed("a key cannot begin here; put it on a line of its own");
            Roll(YamlTokenKind.BlockMapping, cursor.Indent, Here(YamlTokenKind.Key), _tokens.Count);
        }

        RemoveKey();
        _keyAllowed = !IsFlow;
        AddMark(YamlTokenKind.Key);
    }

    private void FetchValue()
    {
        if (FindKey(_keys.Count - 1) is { } key)
        {
            var at = _head + key.Number - _taken;
            var token = new YamlToken(YamlTokenKind.Key, key.Index, key.Index, key.Line, key.Column);
            _tokens.Insert(at, token);
            Roll(YamlTokenKind.BlockMapping, key.Indent, token, at);
            _keys[^1] = null;
            _keyAllowed = false;
        }
        else
        {
            if (!IsFlow)
            {
                RefuseUnlessAllowed("a value cannot begin here: one line has two colons, or the key before it is longer than one line");
                Roll(YamlTokenKind.BlockMapping, cursor.Indent, Here(YamlTokenKind.Value), _tokens.Count);
            }

            _keyAllowed = !IsFlow;
        }

        AddMark(YamlTokenKind.Value);
    }

    private void RefuseUnlessAllowed(string message)
    {
        if (!_keyAllowed)
        {
            throw cursor.Refuse(message);
        }
    }
}
