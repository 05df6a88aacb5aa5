using System.Text.Json;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Serialization.Support;

namespace AdmissionSdk.Tests.Serialization;

/// <summary>The JSON of CLR types is what Go's types read and write: as a member, nullable, and in lists, arrays and maps.</summary>
/// <remarks>Covers <see cref="GoDurationText"/>, <see cref="GoDurationConverter"/>, <see cref="LenientMembers"/>, <see cref="LenientGuidConverter"/>, <see cref="ObjectJson"/>.</remarks>
public sealed class GoValueTests
{
    [Theory]
    [MemberData(nameof(GoValues.Rows), MemberType = typeof(GoValues))]
    public void ReadAndWrite_ValueAsGoHasIt_IsWhatGoWrites(Type type, string wire, string written)
    {
        var read = GoValues.Read(Everywhere(wire), typeof(Valued<>).MakeGenericType(type))!;

        Assert.Equal(Everywhere(written), GoValues.Write(read));
    }

    [Theory]
    [MemberData(nameof(GoValues.Rows), MemberType = typeof(GoValues))]
    public void ReadAndWrite_NullableValue_IsWhatGoWrites(Type type, string wire, string written)
    {
        if (!type.IsValueType)
        {
            // A reference is nullable in itself.
            Assert.Equal("{}", GoValues.Write(GoValues.Read("""{"value":null}""", typeof(Valued<>).MakeGenericType(type))!));
            return;
        }

        var nullable = typeof(Valued<>).MakeGenericType(typeof(Nullable<>).MakeGenericType(type));
        Assert.Equal($$"""{"value":{{written}},"list":[{{written}},null]}""", GoValues.Write(GoValues.Read($$"""{"value":{{wire}},"list":[{{wire}},null]}""", nullable)!));
        Assert.Equal("{}", GoValues.Write(GoValues.Read("""{"value":null}""", nullable)!));
    }

    [Theory]
    [MemberData(nameof(GoValues.Refused), MemberType = typeof(GoValues))]
    public void Read_TextThatGoRefuses_ThrowsWithThePath(Type type, string wire)
    {
        var exception = Assert.ThrowsAny<JsonException>(() => GoValues.Read($$"""{"value":{{wire}}}""", typeof(Valued<>).MakeGenericType(type)));

        Assert.Equal("$.value", exception.Path);
    }

    [Theory]
    [MemberData(nameof(GoValues.Zeroes), MemberType = typeof(GoValues))]
    public void Read_NullForAValueType_IsZero(Type type) =>
        Assert.Equal(
            GoValues.Write(GoValues.Read("{}", typeof(Valued<>).MakeGenericType(type))!),
            GoValues.Write(GoValues.Read("""{"value":null}""", typeof(Valued<>).MakeGenericType(type))!));

    [Fact]
    public void Write_DurationThatGoCannotHold_Throws()
    {
        Assert.ThrowsAny<Exception>(() => GoValues.Write(new Valued<TimeSpan> { Value = TimeSpan.FromDays(366 * 293) }));
        Assert.ThrowsAny<Exception>(() => GoValues.Write(new Valued<TimeSpan> { Value = TimeSpan.MinValue }));
    }

    [Fact]
    public void ReadAndWrite_AnyDuration_IsReadAsItWasWritten()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var duration = TimeSpan.FromTicks(random.NextInt64(-92_233_720_368_547_758, 92_233_720_368_547_758) >> random.Next(60));

            Assert.Equal(duration, Json.Read<TimeSpan>(Json.Write(duration)));
        }
    }

    private static string Everywhere(string value) => $"{{\"value\":{value},\"list\":[{value}],\"array\":[{value}],\"map\":{{\"a\":{value}}}}}";
}
