using System.Text.Json;

namespace AdmissionSdk.Cel.Values;

/// <summary>A JSON array, whose elements are read the first time that an expression looks.</summary>
internal sealed class JsonListValue(JsonElement element) : ListValue
{
    private CelValue[]? _elements;

    public override long Count { get; } = element.GetArrayLength();

    public override IEnumerable<CelValue> Elements => _elements ??= Read();

    public override CelValue At(long index) => (_elements ??= Read())[index];

    private CelValue[] Read()
    {
        var elements = new CelValue[Count];
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            elements[index++] = JsonValues.Of(item);
        }

        return elements;
    }
}
