using System.Text.Json;
using k8s.Models;

namespace AdmissionSdk.Tests.Serialization.Support;

/// <summary>The JSON of CLR types, against what Go's types read and write.</summary>
internal static class GoValues
{
    /// <summary>Rows of the type, the JSON that Go reads, and the JSON that Go and we write for the same value.</summary>
    public static TheoryData<Type, string, string> Rows => new()
    {
        // metav1.Duration: time.ParseDuration and Duration.String.
        { typeof(TimeSpan), "\"5m\"", "\"5m0s\"" },
        { typeof(TimeSpan), "\"1h30m\"", "\"1h30m0s\"" },
        { typeof(TimeSpan), "\"720h\"", "\"720h0m0s\"" },
        { typeof(TimeSpan), "\"1.5h\"", "\"1h30m0s\"" },
        { typeof(TimeSpan), "\"-1.5h\"", "\"-1h30m0s\"" },
        { typeof(TimeSpan), "\"+5s\"", "\"5s\"" },
        { typeof(TimeSpan), "\"0\"", "\"0s\"" },
        { typeof(TimeSpan), "\"-0\"", "\"0s\"" },
        { typeof(TimeSpan), "\"0h\"", "\"0s\"" },
        { typeof(TimeSpan), "\".5s\"", "\"500ms\"" },
        { typeof(TimeSpan), "\"5.s\"", "\"5s\"" },
        { typeof(TimeSpan), "\"100ms\"", "\"100ms\"" },
        { typeof(TimeSpan), "\"1.5ms\"", "\"1.5ms\"" },
        { typeof(TimeSpan), "\"10us\"", "\"10\\u00B5s\"" },
        { typeof(TimeSpan), "\"10\\u00b5s\"", "\"10\\u00B5s\"" },
        { typeof(TimeSpan), "\"10\\u03bcs\"", "\"10\\u00B5s\"" },
        { typeof(TimeSpan), "\"200ns\"", "\"200ns\"" },
        { typeof(TimeSpan), "\"1h0m0.0000001s\"", "\"1h0m0.0000001s\"" },
        { typeof(TimeSpan), "\"3.0000000000000000000000000000000001s\"", "\"3s\"" },
        { typeof(TimeSpan), "\"1s1s1m\"", "\"1m2s\"" },
        { typeof(TimeSpan), "\"2562047h47m16.8547758s\"", "\"2562047h47m16.8547758s\"" },
        { typeof(TimeSpan), "\"-2562047h47m16.854775808s\"", "\"-2562047h47m16.8547758s\"" },

        // metav1.Time and MicroTime: RFC 3339, and six digits, which both take.
        { typeof(DateTime), "\"2026-01-02T03:04:05Z\"", "\"2026-01-02T03:04:05.000000Z\"" },
        { typeof(DateTime), "\"2026-01-02T03:04:05.123456Z\"", "\"2026-01-02T03:04:05.123456Z\"" },
        { typeof(DateTimeOffset), "\"2026-01-02T03:04:05+02:00\"", "\"2026-01-02T01:04:05.000000Z\"" },

        // resource.Quantity, intstr.IntOrString, []byte, typed strings.
        { typeof(ResourceQuantity), "\"12E\"", "\"12E\"" },
        { typeof(ResourceQuantity), "\"1e30\"", "\"1e30\"" },
        { typeof(IntOrString), "80", "80" },
        { typeof(IntOrString), "\"0080\"", "\"0080\"" },
        { typeof(byte[]), "\"AQID\"", "\"AQID\"" },
        { typeof(byte[]), "\"AQ\\nID\"", "\"AQID\"" },
        { typeof(byte[]), "\"\"", "\"\"" },
        { typeof(DayOfWeek), "\"Monday\"", "\"Monday\"" },

        // Texts with a format.
        { typeof(Guid), "\"7a3c9f60-6c1b-4f6e-9a38-0a6b8f9c2d11\"", "\"7a3c9f60-6c1b-4f6e-9a38-0a6b8f9c2d11\"" },
        { typeof(Guid), "\"7A3C9F606C1B4F6E9A380A6B8F9C2D11\"", "\"7a3c9f60-6c1b-4f6e-9a38-0a6b8f9c2d11\"" },
        { typeof(Guid), "\"urn:uuid:7a3c9f60-6c1b-4f6e-9a38-0a6b8f9c2d11\"", "\"7a3c9f60-6c1b-4f6e-9a38-0a6b8f9c2d11\"" },
        { typeof(DateOnly), "\"2026-01-02\"", "\"2026-01-02\"" },
        { typeof(TimeOnly), "\"13:45:30\"", "\"13:45:30\"" },
        { typeof(Uri), "\"https://a.example.com/b c?d#e\"", "\"https://a.example.com/b c?d#e\"" },
        { typeof(Uri), "\"relative/path\"", "\"relative/path\"" },
        { typeof(Version), "\"1.36.2\"", "\"1.36.2\"" },
        { typeof(char), "\"x\"", "\"x\"" },

        // Numbers.
        { typeof(decimal), "1.50", "1.50" },
        { typeof(decimal), "79228162514264337593543950335", "79228162514264337593543950335" },
        { typeof(long), "9223372036854775807", "9223372036854775807" },
        { typeof(ulong), "18446744073709551615", "18446744073709551615" },
        { typeof(double), "0.1", "0.1" },
        { typeof(bool), "true", "true" },
    };

    /// <summary>Texts that Go refuses too, by type.</summary>
    public static TheoryData<Type, string> Refused => new()
    {
        { typeof(TimeSpan), "\"\"" },
        { typeof(TimeSpan), "\"5\"" },
        { typeof(TimeSpan), "\"-\"" },
        { typeof(TimeSpan), "\".s\"" },
        { typeof(TimeSpan), "\"1.2.3s\"" },
        { typeof(TimeSpan), "\"5 m\"" },
        { typeof(TimeSpan), "\"5M\"" },
        { typeof(TimeSpan), "\"1d\"" },
        { typeof(TimeSpan), "\"PT5M\"" },
        { typeof(TimeSpan), "\"00:05:00\"" },
        { typeof(TimeSpan), "\"1h-5m\"" },
        { typeof(TimeSpan), "\"2562047h47m16.854775808s\"" },
        { typeof(TimeSpan), "\"9999999999999999999999h\"" },
        { typeof(TimeSpan), "300" },
        { typeof(TimeSpan), "{}" },
        { typeof(Guid), "\"7a3c\"" },
        { typeof(Guid), "5" },
        { typeof(byte[]), "\"AQI\"" },
        { typeof(DayOfWeek), "\"Someday\"" },
    };

    /// <summary>Value types that a null reads as zero, as in Go.</summary>
    public static TheoryData<Type> Zeroes => new(
        typeof(TimeSpan), typeof(DateTime), typeof(DateTimeOffset), typeof(Guid), typeof(DateOnly), typeof(TimeOnly), typeof(char), typeof(decimal), typeof(long), typeof(double), typeof(bool));

    public static object? Read(string json, Type type) => JsonSerializer.Deserialize(json, AdmissionJson.Default.Options.GetTypeInfo(type));

    public static string Write(object value) => AdmissionJson.Default.Serialize(value);
}
