using System.Text.Json;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Serialization.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization;

/// <summary>Quantities within the bounds of Kubernetes.</summary>
/// <remarks>Covers <see cref="ExactResourceQuantityConverter"/>, <see cref="QuantityText"/>.</remarks>
public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("100m", "100m")]
    [InlineData("1000m", "1")]
    [InlineData("0.5", "500m")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("12e3", "12e3")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("9E", "9E")]
    [InlineData("9.2E", "9200P")]
    [InlineData("1Ei", "1Ei")]
    [InlineData("+5", "5")]
    [InlineData("0.1n", "1n")]
    [InlineData("-1", "-1")]
    [InlineData("-0.5", "-500m")]
    [InlineData("-1Gi", "-1Gi")]
    [InlineData("-1500Mi", "-1500Mi")]
    [InlineData("-1e3", "-1e3")]
    [InlineData("-100m", "-100m")]

    // Kubernetes caps sizes at 2^63-1, and so may the view; none of these takes time.
    [InlineData("12e100", "9223372036854775807")]
    [InlineData("-12e100", "-9223372036854775807")]
    [InlineData("1e999999999", "9223372036854775807")]
    [InlineData("-1e999999999", "-9223372036854775807")]
    [InlineData("1e99999999999999", "9223372036854775807")]
    [InlineData("1E+50", "9223372036854775807")]
    [InlineData("1e-999999999", "1n")]
    [InlineData("-1e-99999999999", "-1n")]
    [InlineData("0e999999999", "0")]
    [InlineData("0.000e-999999999", "0")]
    [InlineData("0.00000000000000000000000000000000000000000000000000012e55", "1200")]
    [InlineData("12345000000000000000000000000000000000000000000000000e-50", "123450e-3")]
    [InlineData("000000000000000000000000000000000000000000000000123.4567k", "123456700m")]
    [InlineData("10E", "9223372036854775807")]
    [InlineData("99999999999999999999999999999999999999999999999999", "9223372036854775807")]
    [InlineData("-99999999999999999999999999999999999999999999999999", "-9223372036854775807")]
    [InlineData("00000000000000000000000000000000000000000000000000001", "1")]
    [InlineData("1.00000000000000000000000000000000000000000000000000", "1")]
    [InlineData("0.00000000000000000000000000000000000000000000000001", "1n")]
    [InlineData("0.00000000000000000000000000000000000000000000000001e70", "9223372036854775807")]
    [InlineData("00000000000000000000000000000000000000000000000000002Ki", "2Ki")]
    public void ReadAndWrite_Quantity_IsCanonicalAndBounded(string wire, string written) =>
        Assert.Equal($"\"{written}\"", Json.Write(Json.Read<ResourceQuantity>($"\"{wire}\"")));

    [Theory]
    [InlineData("1.5", "1500m")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("-2", "-2")]
    [InlineData("1e3", "1e3")]
    public void Read_Number_IsItsOwnText(string wire, string written) =>
        Assert.Equal($"\"{written}\"", Json.Write(Json.Read<ResourceQuantity>(wire)));

    [Theory]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("\"1.2.3e999\"")]
    [InlineData("\"1e5x\"")]
    [InlineData("\"1e999999999x\"")]
    [InlineData("\"1e+-5\"")]
    public void Read_NoQuantity_Throws(string json) => Assert.Throws<JsonException>(() => Json.Read<ResourceQuantity>(json));

    [Fact]
    public void Read_LongNonsense_ThrowsAtOnce()
    {
        Assert.Throws<JsonException>(() => Json.Read<ResourceQuantity>($"\"{new string('1', 100_000)}.1.1\""));
        Assert.Throws<JsonException>(() => Json.Read<ResourceQuantity>($"\"1{new string('x', 100_000)}\""));
    }

    [Fact]
    public void Read_ManyDigits_IsTheBound() =>
        Assert.Equal("\"9223372036854775807\"", Json.Write(Json.Read<ResourceQuantity>($"\"{new string('1', 1_000_000)}\"")));

    [Fact]
    public void Read_Null_IsNull() => Assert.Null(Json.Read<ResourceQuantity?>("null"));

    [Theory]
    [InlineData(1.5, "1.5")]
    [InlineData(-3, "-3")]
    public void Write_FromDecimal_IsWhatItIs(double value, string expected)
    {
        var written = JsonSerializer.Deserialize<string>(Json.Write((ResourceQuantity)(decimal)value))!;

        Assert.Equal(new ResourceQuantity(expected), new ResourceQuantity(written));
    }
}
