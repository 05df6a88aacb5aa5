using System.Text.Json;
using System.Text.Json.Serialization;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization.Support;

/// <summary>A user's class with members of all sorts.</summary>
internal sealed class Specimen
{
    public bool Bool { get; set; }

    public byte Byte { get; set; }

    public sbyte SByte { get; set; }

    public short Short { get; set; }

    public ushort UShort { get; set; }

    public int Int { get; set; }

    public uint UInt { get; set; }

    public long Long { get; set; }

    public ulong ULong { get; set; }

    public float Float { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public Guid Guid { get; set; }

    public DateTime Date { get; set; }

    public DateTimeOffset Offset { get; set; }

    public int? Nullable { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Lenient { get; set; }

    public required int Required { get; set; }

    public Dictionary<int, string>? ByNumber { get; set; }

    public JsonElement Any { get; set; }

    public string Computed => $"{Int}";

    public List<Specimen>? Children { get; set; }

    public Dictionary<string, SpecimenPart>? Parts { get; set; }

    public V1Container? Container { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}
