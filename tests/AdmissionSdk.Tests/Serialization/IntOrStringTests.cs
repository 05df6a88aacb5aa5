using System.Text.Json;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Serialization.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization;

/// <summary>IntOrString keeps its spelling.</summary>
/// <remarks>Covers <see cref="ExactIntOrStringConverter"/>.</remarks>
public sealed class IntOrStringTests
{
    [Theory]
    [InlineData("80", "80")]
    [InlineData("0", "0")]
    [InlineData("-1", "-1")]
    [InlineData("2147483647", "2147483647")]
    [InlineData("-2147483648", "-2147483648")]
    [InlineData("2147483648", "\"2147483648\"")]
    [InlineData("0080", "\"0080\"")]
    [InlineData("+80", "\"+80\"")]
    [InlineData("-0", "\"-0\"")]
    [InlineData(" 80", "\" 80\"")]
    [InlineData("80%", "\"80%\"")]
    [InlineData("8.0", "\"8.0\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("http", "\"http\"")]
    [InlineData("", "\"\"")]
    public void Write_OnlyCanonicalInt32s_AreNumbers(string value, string written)
    {
        var json = JsonDocument.Parse(Json.Write<IntOrString>(value)).RootElement;

        Assert.Equal(written, json.ValueKind == JsonValueKind.String ? $"\"{json.GetString()}\"" : json.GetRawText());
    }

    [Theory]
    [InlineData("80", "80")]
    [InlineData("\"http\"", "http")]
    [InlineData("\"0080\"", "0080")]
    [InlineData("99999999999999999999", "99999999999999999999")]
    [InlineData("1.5", "1.5")]
    public void Read_NumberOrString_IsItsText(string json, string value) => Assert.Equal(value, Json.Read<IntOrString>(json).Value);

    [Theory]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Read_Other_Throws(string json) => Assert.Throws<JsonException>(() => Json.Read<IntOrString>(json));

    [Fact]
    public void Read_Null_IsNull() => Assert.Null(Json.Read<V1ServicePort>("""{"port":1,"targetPort":null}""").TargetPort);
}
