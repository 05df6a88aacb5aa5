using System.Text.Json;
using k8s.Models;

namespace AdmissionSdk.Tests;

/// <summary>Objects that are read and written outside a handler, with the SDK's own JSON settings.</summary>
/// <remarks>Covers <see cref="AdmissionJson"/>.</remarks>
public sealed class AdmissionJsonTests
{
    [Theory]
    [InlineData("2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00.5Z")]
    [InlineData("2026-01-01T01:00:00.123456789+01:00")]
    public void Deserialize_TimesAsTheApiServerTakesThem_AreRead(string time)
    {
        var lease = AdmissionJson.Default.Deserialize<V1Lease>($$$"""{"metadata":{"creationTimestamp":"{{{time}}}"},"spec":{"renewTime":"{{{time}}}","leaseTransitions":null}}""");

        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), lease.Spec.RenewTime!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), lease.Metadata.CreationTimestamp!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Deserialize_PartOfAnObject_IsAModel() =>
        Assert.Equal("nginx", AdmissionJson.Default.Deserialize<V1PodSpec>("""{"containers":[{"name":"web","image":"nginx","future":1}]}""").Containers[0].Image);

    [Theory]
    [InlineData("null", "The JSON cannot be read as V1Pod: It is null.")]
    [InlineData("{", "The JSON cannot be read as V1Pod, at $: Expected depth to be zero")]
    [InlineData("""{"spec":[]}""", "The JSON cannot be read as V1Pod, at $.spec: The JSON value could not be converted to k8s.Models.V1PodSpec.")]
    [InlineData("""{"metadata":{"creationTimestamp":"yesterday"}}""", "The JSON cannot be read as V1Pod, at $.metadata.creationTimestamp: A date is not in RFC 3339 form.")]
    public void Deserialize_WhatDoesNotFit_IsAJsonException(string json, string words)
    {
        var exception = Assert.Throws<JsonException>(() => AdmissionJson.Default.Deserialize<V1Pod>(json));

        Assert.StartsWith(words, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Serialize_WholeSecond_IsWhatTheApiServerTakes() =>
        Assert.Equal(
            """{"spec":{"renewTime":"2026-01-01T00:00:00.000000Z"}}""",
            AdmissionJson.Default.Serialize(new V1Lease { Spec = new() { RenewTime = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) } }));
}
