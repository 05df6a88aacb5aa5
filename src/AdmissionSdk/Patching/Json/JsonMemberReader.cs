namespace AdmissionSdk.Patching.Json;

/// <summary>Steps through the members of an object, or the elements of a list, of text that is known to be JSON.</summary>
internal ref struct JsonMemberReader
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonIndex? _index;
    private readonly bool _isObject;
    private int _next;

    /// <summary>Starts before the first child of the object or list that starts at <paramref name="start"/>.</summary>
    public JsonMemberReader(ReadOnlySpan<byte> json, int start, JsonIndex? index)
    {
        _json = json;
        _index = index;
        _isObject = json[start] == (byte)'{';
        _next = JsonScan.SkipSpace(json, start + 1);
    }

    /// <summary>The first byte of the member's name, behind the quote.</summary>
    public int NameStart { get; private set; }

    public int NameLength { get; private set; }

    public int Start { get; private set; }

    public int Length { get; private set; }

    /// <summary>The member's name as written, without quotes.</summary>
    public readonly ReadOnlySpan<byte> Name => _json.Slice(NameStart, NameLength);

    public readonly ReadOnlySpan<byte> Value => _json.Slice(Start, Length);

    /// <summary>Moves to the next child; false at the end.</summary>
    public bool Read()
    {
        var at = _next;
        if (_json[at] is (byte)'}' or (byte)']')
        {
            return false;
        }

        if (_isObject)
        {
            var end = JsonScan.FindStringEnd(_json, at);
            (NameStart, NameLength) = (at + 1, end - at - 2);
            at = JsonScan.SkipSpace(_json, JsonScan.SkipSpace(_json, end) + 1);
        }

        Start = at;
        var behind = _index is not null && _json[at] is (byte)'{' or (byte)'[' ? _index.FindEnd(at) : JsonScan.FindEnd(_json, at);
        Length = behind - at;
        behind = JsonScan.SkipSpace(_json, behind);
        _next = _json[behind] == (byte)',' ? JsonScan.SkipSpace(_json, behind + 1) : behind;
        return true;
    }
}
