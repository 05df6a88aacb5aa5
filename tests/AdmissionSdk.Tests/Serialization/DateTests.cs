using System.Text.Json;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Serialization.Support;

namespace AdmissionSdk.Tests.Serialization;

/// <summary>Dates as the API server sends and takes them (contract 13.1: a wrong value breaks the write, also under Ignore).</summary>
/// <remarks>Covers <see cref="LenientDateTimeOffsetConverter"/>, <see cref="LenientDateTimeConverter"/>, <see cref="Rfc3339"/>.</remarks>
public sealed class DateTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000000Z")]
    [InlineData("2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.100000Z")]
    [InlineData("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123456Z")]
    [InlineData("2026-01-02T03:04:05.1234567890123Z", "2026-01-02T03:04:05.123456Z")]
    [InlineData("2026-01-02T03:04:05+02:30", "2026-01-02T00:34:05.000000Z")]
    [InlineData("2026-01-02T03:04:05.5-01:00", "2026-01-02T04:04:05.500000Z")]
    [InlineData("2026-01-02t03:04:05z", "2026-01-02T03:04:05.000000Z")]
    [InlineData("2026-01-02T03:04:05,25Z", "2026-01-02T03:04:05.250000Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z")]

    // Dates that .NET cannot hold read as the nearest: an undecodable one would be the requester's way past a webhook under Ignore.
    [InlineData("0000-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z")]
    [InlineData("0000-02-29T00:00:00Z", "0001-01-01T00:00:00.000000Z")]
    [InlineData("0001-01-01T00:00:00+01:00", "0001-01-01T00:00:00.000000Z")]
    [InlineData("9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59.999999Z")]
    public void ReadAndWrite_Date_IsUtcWithSixDigits(string wire, string written)
    {
        Assert.Equal($"\"{written}\"", Json.Write(Json.Read<DateTime>($"\"{wire}\"")));
        Assert.Equal($"\"{written}\"", Json.Write(Json.Read<DateTimeOffset>($"\"{wire}\"")));
        Assert.Equal(DateTimeKind.Utc, Json.Read<DateTime>($"\"{wire}\"").Kind);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"2026-01-02\"")]
    [InlineData("\"2026-01-02T03:04:05\"")]
    [InlineData("\"2026-01-02 03:04:05Z\"")]
    [InlineData("\"2026-13-02T03:04:05Z\"")]
    [InlineData("\"2026-00-02T03:04:05Z\"")]
    [InlineData("\"2026-01-00T03:04:05Z\"")]
    [InlineData("\"2026-01-32T03:04:05Z\"")]
    [InlineData("\"2026-02-30T03:04:05Z\"")]
    [InlineData("\"2025-02-29T03:04:05Z\"")]
    [InlineData("\"2026-01-02T24:04:05Z\"")]
    [InlineData("\"2026-01-02T03:60:05Z\"")]
    [InlineData("\"2026-01-02T03:04:61Z\"")]
    [InlineData("\"2026-01-02T03:04:05.Z\"")]
    [InlineData("\"2026-01-02T03:04:05.12\"")]
    [InlineData("\"2026-01-02T03:04:05+0200\"")]
    [InlineData("\"2026-01-02T03:04:05+25:00\"")]
    [InlineData("\"2026-01-02T03:04:05+02:60\"")]
    [InlineData("\"2026-01-02T03:04:05*02:00\"")]
    [InlineData("\"2026-01-02T03:04:05Zx\"")]
    [InlineData("\"2026-1-02T03:04:05Z\"")]
    [InlineData("\"+026-01-02T03:04:05Z\"")]
    [InlineData("1767323045")]
    [InlineData("{}")]
    public void Read_NoDate_Throws(string json) => Assert.Throws<JsonException>(() => Json.Read<DateTime>(json));

    [Fact]
    public void Read_Null_IsTheDefault()
    {
        Assert.Equal(default, Json.Read<DateTime>("null"));
        Assert.Equal(default, Json.Read<DateTimeOffset>("null"));
        Assert.Null(Json.Read<DateTime?>("null"));
        Assert.Null(Json.Read<DateTimeOffset?>("null"));
    }

    [Fact]
    public void Write_LocalTime_IsMadeUtc()
    {
        var local = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).ToLocalTime();

        Assert.Equal("\"2026-01-02T03:04:05.000000Z\"", Json.Write(local));
    }

    [Fact]
    public void Write_Unspecified_IsTakenForUtc() =>
        Assert.Equal("\"2026-01-02T03:04:05.000000Z\"", Json.Write(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified)));

    [Fact]
    public void Write_Offset_IsMadeUtc() =>
        Assert.Equal("\"2026-01-02T03:04:05.000000Z\"", Json.Write(new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2))));
}
