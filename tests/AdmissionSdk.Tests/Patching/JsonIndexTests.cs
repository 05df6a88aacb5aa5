using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Tests.Patching.Support;
using Xunit.Abstractions;

namespace AdmissionSdk.Tests.Patching;

/// <summary>The outline takes what System.Text.Json's reader takes, and refuses what the reader refuses; its ends are the reader's.</summary>
/// <remarks>Covers <see cref="JsonIndex"/>, <see cref="JsonIndexer"/>, <see cref="JsonScan"/>, <see cref="JsonMemberReader"/>.</remarks>
public sealed class JsonIndexTests(ITestOutputHelper output)
{
    private const int MaxDepth = 60;

    [Theory]
    [InlineData("{}")]
    [InlineData(" [ ] ")]
    [InlineData("\"\"")]
    [InlineData("\"\\u00e9\\\\\\\"\\/\\b\\f\\n\\r\\t\"")]
    [InlineData("-0.5e+3")]
    [InlineData("-0")]
    [InlineData("0.10E-1")]
    [InlineData("[true,false,null]")]
    [InlineData("{\"a\":{\"b\":[1,{\"c\":\"]}\"}]},\"\":0}")]
    [InlineData("\t{\r\n\"a\" : 1 , \"b\" : [ ] }\n")]
    public void TryCreate_Json_IsOutlined(string json) => Assert.NotNull(Outline(json));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":}")]
    [InlineData("{a:1}")]
    [InlineData("{1:1}")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("{} {}")]
    [InlineData("[]]")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("-a")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("+1")]
    [InlineData("tru")]
    [InlineData("truee")]
    [InlineData("nul")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    [InlineData("\"\\")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("// a\n1")]
    [InlineData("NaN")]
    public void TryCreate_NotJson_IsRefused(string json) => Assert.Null(Outline(json));

    [Fact]
    public void TryCreate_AsDeepAsAllowed_IsOutlined()
    {
        string Nested(int depth) => new string('[', depth) + new string(']', depth);

        Assert.Equal(MaxDepth, Outline(Nested(MaxDepth))!.Depth);
        Assert.Null(Outline(Nested(MaxDepth + 1)));
    }

    [Fact]
    public void TryCreate_AnyText_AgreesWithTheFrameworksReader()
    {
        var (refused, outlined) = (0, 0);
        EditCase.ForAll(output, @case =>
        {
            var random = new Random(@case.Document);
            var whole = @case.Of.WithUnknownFields(random);
            var text = whole[..random.Next(whole.Length)];
            var json = @case.Edits.Length == 0 ? @case.Of.Json : Mutate(@case.Document % 2 == 0 ? text : @case.Of.Json, random, @case.Edits.Length);
            using var index = JsonIndex.TryCreate(json, MaxDepth);
            var expected = ReadContainers(json);

            Assert.True(expected is null == index is null, Encoding.UTF8.GetString(json));
            if (index is null)
            {
                refused++;
                return;
            }

            outlined++;
            Assert.Equal(expected!.Count, index.Containers);
            Assert.All(expected, place => Assert.Equal(place.End, index.FindEnd(place.Start)));
        });
        output.WriteLine($"{refused} refused, {outlined} outlined");
        Assert.True(refused > 0 && outlined > 0);
    }

    [Fact]
    public void From_APlace_CountsFromThere()
    {
        var json = """{"a":{"b":[1]}}"""u8;
        using var index = JsonIndex.TryCreate(json, MaxDepth)!;

        Assert.Equal(9, index.From(5).FindEnd(0));
        Assert.Equal(8, index.From(5).FindEnd(5));
    }

    [Fact]
    public void Values_AreCounted()
    {
        var index = Outline("""{"a":"x","b":[1,true,null,{}]}""")!;

        Assert.Equal((7, 3, 3), (index.Values, index.Containers, index.Depth));
    }

    private static JsonIndex? Outline(string json) => JsonIndex.TryCreate(Encoding.UTF8.GetBytes(json), MaxDepth);

    private static byte[] Mutate(byte[] json, Random random, int changes)
    {
        var mutant = (byte[])json.Clone();
        for (var i = 0; i < changes && mutant.Length > 0; i++)
        {
            mutant[random.Next(mutant.Length)] = (byte)"{}[],:\"\\ 0-e.tn\n\u0001x"[random.Next(18)];
        }

        return mutant;
    }

    private static List<(int Start, int End)>? ReadContainers(byte[] json)
    {
        List<(int Start, int End)> places = [];
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    open.Push((int)reader.TokenStartIndex);
                }
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    places.Add((open.Pop(), (int)reader.BytesConsumed));
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return places;
    }
}
