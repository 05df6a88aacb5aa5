using System.Globalization;
using System.Text;

namespace AdmissionSdk.Patching.Json;

/// <summary>A place in a document, built from the root down; becomes a JSON Pointer (RFC 6901) only when it is written.</summary>
internal sealed class JsonPath
{
    private readonly JsonPath? _parent;
    private readonly string _segment;

    private JsonPath(JsonPath? parent, string segment)
    {
        _parent = parent;
        _segment = segment;
    }

    public static JsonPath Root { get; } = new(parent: null, "");

    public JsonPath Member(string name) => new(this, name);

    public JsonPath Element(int index) => new(this, index.ToString(CultureInfo.InvariantCulture));

    public string ToPointer()
    {
        var segments = new Stack<string>();
        for (var path = this; path._parent is not null; path = path._parent)
        {
            segments.Push(path._segment);
        }

        var pointer = new StringBuilder();
        foreach (var segment in segments)
        {
            pointer.Append('/').Append(JsonPointer.Escape(segment));
        }

        return pointer.ToString();
    }
}
