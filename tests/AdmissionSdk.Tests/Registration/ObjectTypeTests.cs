using System.Net;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AdmissionSdk.Registration;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Registration;

/// <summary>A handler's type whose JSON cannot be Kubernetes' is refused at start, with the member's path.</summary>
/// <remarks>Covers <see cref="ObjectTypeValidator"/>, <see cref="UnfitMembers"/>.</remarks>
public sealed class ObjectTypeTests
{
    private const string Name = "guard.registry.example.com";

    [Fact]
    public void Registry_MembersThatCannotBeRight_AreNamedByPath()
    {
        var problems = Problems<Unfit>();

        Assert.Equal(
            [
                $"{Name}: Unfit.big is of the type BigInteger, and Kubernetes' integers have 64 bits; use long, or a text.",
                $"{Name}: Unfit.huge is of the type Int128, and Kubernetes' integers have 64 bits; use long, or a text.",
                $"{Name}: Unfit.native is of a size that depends on the machine; use long.",
                $"{Name}: Unfit.pair is a ValueTuple`2, whose JSON would be its .NET properties; use a text or a class of your own, or put a [JsonConverter] on it.",
                $"{Name}: Unfit.parts[].address is a IPAddress, whose JSON would be its .NET properties; use a text or a class of your own, or put a [JsonConverter] on it.",
                $"{Name}: Unfit.parts[].bytes is a list of bytes, which are numbers here and Base64 in Kubernetes; use byte[], or a list of int.",
                $"{Name}: Unfit.byTime has keys of the type TimeSpan, and the keys of a map are texts; use string.",
                $"{Name}: Unfit.byName[] is of the type BigInteger, and Kubernetes' integers have 64 bits; use long, or a text.",
                $"{Name}: Unfit.part is the abstract IPart, which cannot be read; use the class that is meant.",
            ],
            problems);
    }

    [Fact]
    public void Registry_MembersThatCanBeRight_AreTaken() => Assert.Single(Create<Fit>().Webhooks);

    [Fact]
    public void Registry_TypesThatAreNotTheUsers_AreTaken()
    {
        Create<V1Pod>();
        Create<JsonObject>();
        Create<PartialObjectMetadata>();
        Create<V1CustomResourceDefinition>();
    }

    private static IReadOnlyList<string> Problems<T>()
        where T : class => TestRegistry.Problems(webhooks => Add<T>(webhooks));

    private static WebhookRegistry Create<T>()
        where T : class => TestRegistry.Create(webhooks => Add<T>(webhooks));

    private static void Add<T>(AdmissionWebhooksBuilder webhooks)
        where T : class => webhooks.AddValidator<T>(Name, _ => AdmissionResult.Allow(), rule => rule.Resource("example.com", "v1", "things"));

    private interface IPart;

    private sealed class Unfit
    {
        public BigInteger? Big { get; set; }

        public Int128 Huge { get; set; }

        public nint Native { get; set; }

        public (int, int) Pair { get; set; }

        public List<Part>? Parts { get; set; }

        public Dictionary<TimeSpan, string>? ByTime { get; set; }

        public Dictionary<string, BigInteger>? ByName { get; set; }

        public IPart? Part { get; set; }
    }

    private sealed class Part
    {
        public IPAddress? Address { get; set; }

        public List<byte>? Bytes { get; set; }

        // Once is enough, even around a ring.
        public Unfit? Owner { get; set; }
    }

    private sealed class Fit
    {
        public V1ObjectMeta? Metadata { get; set; }

        public TimeSpan? Interval { get; set; }

        public Dictionary<string, TimeSpan>? Intervals { get; set; }

        public List<byte[]>? Blobs { get; set; }

        public Dictionary<DayOfWeek, int>? ByDay { get; set; }

        public KeyValuePair<string, int> Entry { get; set; }

        public object? Anything { get; set; }

        public JsonNode? Node { get; set; }

        public ResourceQuantity? Size { get; set; }

        public IntOrString? Port { get; set; }

        public Uri? Address { get; set; }

        [JsonIgnore]
        public Action? Callback { get; set; }

        [JsonConverter(typeof(TextConverter))]
        public BigInteger Converted { get; set; }

        public BigInteger Computed => Converted;
    }

    private sealed class TextConverter : JsonConverter<BigInteger>
    {
        public override BigInteger Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
            BigInteger.Parse(reader.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        public override void Write(System.Text.Json.Utf8JsonWriter writer, BigInteger value, System.Text.Json.JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
