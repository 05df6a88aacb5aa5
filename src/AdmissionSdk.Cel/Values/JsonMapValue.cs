using System.Text.Json;

namespace AdmissionSdk.Cel.Values;

/// <summary>A JSON object, read where an expression looks.</summary>
internal sealed class JsonMapValue(JsonElement element) : MapValue
{
    public override long Count => element.GetPropertyCount();

    public override IEnumerable<CelValue> Keys
    {
        get
        {
            foreach (var property in element.EnumerateObject())
            {
                yield return new StringValue(property.Name);
            }
        }
    }

    public override CelValue? Find(CelValue key) =>
        key is StringValue name && element.TryGetProperty(name.Value, out var value) ? JsonValues.Of(value) : null;
}
