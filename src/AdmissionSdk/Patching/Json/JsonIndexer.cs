using System.Buffers;

namespace AdmissionSdk.Patching.Json;

/// <summary>Reads a text once, by the grammar of RFC 8259, and notes where objects and lists start and end.</summary>
internal ref struct JsonIndexer
{
    // A guess, from objects of the API server.
    private const int BytesPerContainer = 56;

    private static readonly SearchValues<byte> StringEnds = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(static control => (byte)control)]);

    private readonly ReadOnlySpan<byte> _json;
    private readonly int _maxDepth;
    private int[] _starts;
    private int[] _ends;

    // The open objects and lists, by their number.
    private int[] _open;
    private int _count;
    private int _depth;
    private int _deepest;
    private int _values;

    public JsonIndexer(ReadOnlySpan<byte> json, int maxDepth)
    {
        _json = json;
        _maxDepth = maxDepth;
        _starts = ArrayPool<int>.Shared.Rent((json.Length / BytesPerContainer) + 8);
        _ends = ArrayPool<int>.Shared.Rent(_starts.Length);
        _open = ArrayPool<int>.Shared.Rent(64);
    }

    public JsonIndex? TryRead()
    {
        var end = ReadValues();
        ArrayPool<int>.Shared.Return(_open);
        if (end < 0 || JsonScan.SkipSpace(_json, end) != _json.Length)
        {
            ArrayPool<int>.Shared.Return(_starts);
            ArrayPool<int>.Shared.Return(_ends);
            return null;
        }

        return new JsonIndex(_starts, _ends, _count) { Values = _values, Depth = _deepest };
    }

    /// <summary>Reads the value, and returns its end; negative if it is not JSON.</summary>
    private int ReadValues()
    {
        var at = JsonScan.SkipSpace(_json, 0);
        while (true)
        {
            // Here a value starts.
            if (at >= _json.Length)
            {
                return -1;
            }

            _values++;
            var first = _json[at];
            if (first is (byte)'{' or (byte)'[')
            {
                if (!Enter(at))
                {
                    return -1;
                }

                at = JsonScan.SkipSpace(_json, at + 1);
                if (at < _json.Length && _json[at] == first + 2)
                {
                    at = Leave(at + 1);
                }
                else if (first == (byte)'[' || (at = ReadName(at)) >= 0)
                {
                    continue;
                }
            }
            else
            {
                at = first == (byte)'"' ? ReadString(at) : ReadPlain(at);
            }

            if (at < 0)
            {
                return -1;
            }

            at = ReadOn(at);
            if (at < 0 || _depth == 0)
            {
                return at;
            }
        }
    }

    /// <summary>Reads what follows a value, up to the start of the next; negative if it is not JSON.</summary>
    private int ReadOn(int at)
    {
        while (_depth > 0)
        {
            at = JsonScan.SkipSpace(_json, at);
            if (at >= _json.Length)
            {
                return -1;
            }

            var isObject = _json[_starts[_open[_depth - 1]]] == (byte)'{';
            if (_json[at] == (byte)',')
            {
                at = JsonScan.SkipSpace(_json, at + 1);
                return isObject ? ReadName(at) : at;
            }

            if (_json[at] != (isObject ? (byte)'}' : (byte)']'))
            {
                return -1;
            }

            at = Leave(at + 1);
        }

        return at;
    }

    /// <summary>Reads a member's name and the colon, and returns the start of its value; negative if there are none.</summary>
    private readonly int ReadName(int at)
    {
        if (at >= _json.Length || _json[at] != (byte)'"' || (at = ReadString(at)) < 0)
        {
            return -1;
        }

        at = JsonScan.SkipSpace(_json, at);
        return at < _json.Length && _json[at] == (byte)':' ? JsonScan.SkipSpace(_json, at + 1) : -1;
    }

    private readonly int ReadString(int at)
    {
        at++;
        while (_json[at..].IndexOfAny(StringEnds) is >= 0 and var length)
        {
            at += length;
            if (_json[at] == (byte)'"')
            {
                return at + 1;
            }

            if (_json[at] != (byte)'\\' || (at = ReadEscape(at + 1)) < 0)
            {
                return -1;
            }
        }

        return -1;
    }

    private readonly int ReadEscape(int at)
    {
        if (at >= _json.Length)
        {
            return -1;
        }

        switch (_json[at])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return at + 1;
            case (byte)'u' when at + 4 < _json.Length:
                for (var i = at + 1; i <= at + 4; i++)
                {
                    if (!char.IsAsciiHexDigit((char)_json[i]))
                    {
                        return -1;
                    }
                }

                return at + 5;
            default:
                return -1;
        }
    }

    private readonly int ReadPlain(int at) => _json[at] switch
    {
        (byte)'t' => ReadLiteral(at, "true"u8),
        (byte)'f' => ReadLiteral(at, "false"u8),
        (byte)'n' => ReadLiteral(at, "null"u8),
        _ => ReadNumber(at),
    };

    private readonly int ReadLiteral(int at, ReadOnlySpan<byte> literal) => _json[at..].StartsWith(literal) ? at + literal.Length : -1;

    private readonly int ReadNumber(int at)
    {
        if (_json[at] == (byte)'-')
        {
            at++;
        }

        if (at < _json.Length && _json[at] == (byte)'0')
        {
            at++;
        }
        else if ((at = ReadDigits(at)) < 0)
        {
            return -1;
        }

        if (at < _json.Length && _json[at] == (byte)'.' && (at = ReadDigits(at + 1)) < 0)
        {
            return -1;
        }

        if (at < _json.Length && _json[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < _json.Length && _json[at] is (byte)'+' or (byte)'-')
            {
                at++;
            }

            at = ReadDigits(at);
        }

        return at;
    }

    /// <summary>Reads digits, at least one.</summary>
    private readonly int ReadDigits(int at)
    {
        var start = at;
        while (at < _json.Length && char.IsAsciiDigit((char)_json[at]))
        {
            at++;
        }

        return at > start ? at : -1;
    }

    private bool Enter(int start)
    {
        if (_depth == _maxDepth)
        {
            return false;
        }

        if (_count == Math.Min(_starts.Length, _ends.Length))
        {
            Grow(ref _starts);
            Grow(ref _ends);
        }

        if (_depth == _open.Length)
        {
            Grow(ref _open);
        }

        _open[_depth++] = _count;
        _starts[_count++] = start;
        _deepest = Math.Max(_deepest, _depth);
        return true;
    }

    private static void Grow(ref int[] array)
    {
        var larger = ArrayPool<int>.Shared.Rent(array.Length * 2);
        array.CopyTo(larger, 0);
        ArrayPool<int>.Shared.Return(array);
        array = larger;
    }

    private int Leave(int end)
    {
        _ends[_open[--_depth]] = end;
        return end;
    }
}
