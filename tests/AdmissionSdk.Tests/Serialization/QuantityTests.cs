using System.Text.Json;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Serialization.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization;

/// <summary>Quantities within the bounds of Kubernetes.</summary>
/// <remarks>Covers <see cref="ExactResourceQuantityConverter"/>, <see cref="QuantityText"/>, <see cref="QuantityFraction"/>.</remarks>
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

    // Only a binary suffix is capped at 2^63-1.
    [InlineData("8Ei", "9223372036854775807")]
    [InlineData("16Ei", "9223372036854775807")]
    [InlineData("-16Ei", "-9223372036854775807")]
    [InlineData("7Ei", "7Ei")]
    [InlineData("0.5Ki", "512")]
    [InlineData("0.0001Ki", "102400u")]
    [InlineData("10E", "10E")]
    [InlineData("12E", "12E")]
    [InlineData("-12E", "-12E")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("1e30", "1e30")]
    [InlineData("1E+50", "100e48")]
    [InlineData("12e100", "120e99")]
    [InlineData("-12e100", "-120e99")]
    [InlineData("79228162514264337593543950336", "79228162514264337593543950336")]
    [InlineData("123456789012345678901234567890.123456789", "123456789012345678901234567890123456789n")]
    [InlineData("99999999999999999999999999999999999999999999999999", "99999999999999999999999999999999999999999999999999")]
    [InlineData("-99999999999999999999999999999999999999999999999999", "-99999999999999999999999999999999999999999999999999")]
    [InlineData("0.00000000000000000000000000000000000000000000000001e70", "100e18")]

    // The largest suffix has no room for all the zeros.
    [InlineData("1000E", "1e21")]
    [InlineData("1000000E", "1e24")]
    [InlineData("1000000000000000000000", "1e21")]

    // Rounded up to a billionth, as in Kubernetes.
    [InlineData("1e-999999999", "1e-9")]
    [InlineData("-1e-99999999999", "-1e-9")]
    [InlineData("0e999999999", "0")]
    [InlineData("0.000e-999999999", "0")]
    [InlineData("1.0000000001", "1000000001n")]
    [InlineData("-1.0000000001", "-1000000001n")]
    [InlineData("0.00000000000000000000000000000000000000000000000000012e55", "1200")]
    [InlineData("12345000000000000000000000000000000000000000000000000e-50", "123450e-3")]
    [InlineData("000000000000000000000000000000000000000000000000123.4567k", "123456700m")]
    [InlineData("00000000000000000000000000000000000000000000000000001", "1")]
    [InlineData("1.00000000000000000000000000000000000000000000000000", "1")]
    [InlineData("0.00000000000000000000000000000000000000000000000001", "1n")]
    [InlineData("00000000000000000000000000000000000000000000000000002Ki", "2Ki")]

    // Nobody is to compute these.
    [InlineData("1e999999999", "100e126")]
    [InlineData("-1e999999999", "-100e126")]
    [InlineData("1e99999999999999", "100e126")]
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
    [InlineData("\"1e\"")]
    [InlineData("\"\"")]
    [InlineData("\"-\"")]
    [InlineData("\".\"")]
    [InlineData("\"1ki\"")]
    [InlineData("\"1 Gi\"")]
    [InlineData("\"1EiB\"")]
    public void Read_NoQuantity_Throws(string json) => Assert.Throws<JsonException>(() => Json.Read<ResourceQuantity>(json));

    [Fact]
    public void Read_LongNonsense_ThrowsAtOnce()
    {
        Assert.Throws<JsonException>(() => Json.Read<ResourceQuantity>($"\"{new string('1', 100_000)}.1.1\""));
        Assert.Throws<JsonException>(() => Json.Read<ResourceQuantity>($"\"1{new string('x', 100_000)}\""));
    }

    [Fact]
    public void Read_ManyDigits_IsTheBound() =>
        Assert.Equal("\"100e126\"", Json.Write(Json.Read<ResourceQuantity>($"\"{new string('1', 1_000_000)}\"")));

    [Theory]
    [InlineData("9223372036854775807", "9223372036854775808")]
    [InlineData("9E", "12E")]
    [InlineData("12E", "1e30")]
    [InlineData("1e30", "1e40")]
    [InlineData("99999999999999999999999999999999999999999999999998", "99999999999999999999999999999999999999999999999999")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950336")]
    public void Read_SizesBeyondInt64_CompareExactly(string smaller, string larger)
    {
        var (one, other) = (Json.Read<ResourceQuantity>($"\"{smaller}\""), Json.Read<ResourceQuantity>($"\"{larger}\""));

        Assert.True(one.ToBigInteger() < other.ToBigInteger());
        Assert.NotEqual(one, other);
        Assert.Equal(other, Json.Read<ResourceQuantity>($"\"{larger}\""));
    }

    [Theory]
    [InlineData("1", "1000m")]
    [InlineData("1Gi", "1024Mi")]
    [InlineData("12E", "12e18")]
    public void Read_OneSizeInTwoSpellings_IsEqualInSize(string one, string other) =>
        Assert.Equal(Json.Read<ResourceQuantity>($"\"{one}\"").ToDecimal(), Json.Read<ResourceQuantity>($"\"{other}\"").ToDecimal());

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
