using System.Text;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Tests.Patching.Support;

namespace AdmissionSdk.Tests.Patching;

/// <summary>The matching of list elements, rule by rule. A new element <c>@2</c> is the object that stood at 2, <c>@-</c> one from elsewhere.</summary>
/// <remarks>Covers <see cref="ListMatcher"/>, <see cref="ElementList"/>.</remarks>
public sealed class ListMatcherTests
{
    private static readonly ElementKey Name = new("name");
    private static readonly ElementKey Port = new("port", "protocol", "TCP");

    [Theory]
    [InlineData("""[{"a":1},{"a":1},{"b":2}]""", """[{"a":1}]""", new[] { 0 })] // The first of what is alike.
    [InlineData("""[{"a":1},{"a":1},{"b":2}]""", """[{"a":1},{"a":1},{"a":1},{"a":1}]""", new[] { 0, 1, -1, -1 })]
    [InlineData("""[{"a":1},{"b":2}]""", """[{"b":2},{"c":3}]""", new[] { 1, -1 })]
    [InlineData("""[1,2,3]""", """[3,1]""", new[] { 2, 0 })]
    public void Match_NoKey_SameContentIsTheSameElement(string old, string @new, int[] matches) =>
        Assert.Equal(matches, Match(old, @new, key: null));

    [Theory]
    [InlineData("""[{"a":1},{"b":1}]""", """["@0",{"c":1}]""", new[] { 0, 1 })] // After an element that stayed first.
    [InlineData("""[{"a":1},{"b":1},{"c":1}]""", """["@1",{"d":1}]""", new[] { 1, 2 })] // Only what follows it.
    [InlineData("""[{"a":1},{"b":1}]""", """[{"c":1},"@0",{"d":1}]""", new[] { -1, 0, 1 })] // Two gaps, of which one has nothing.
    [InlineData("""[{"a":1},{"b":1},{"c":1},{"d":1}]""", """["@0",{"e":1},{"f":1},"@3"]""", new[] { 0, 1, 2, 3 })]
    [InlineData("""[{"a":1},{"b":1},{"c":1}]""", """["@0",{"e":1},{"f":1}]""", new[] { 0, 1, 2 })]
    [InlineData("""[{"a":1},{"b":1},{"c":1},{"d":1}]""", """["@0",{"e":1},{"f":1}]""", new[] { 0, -1, -1 })] // Not as many.
    [InlineData("""[{"a":1},{"b":1}]""", """["@1",{"c":1}]""", new[] { 1, -1 })] // Nothing is left behind the last.
    [InlineData("""[{"a":1},{"b":1},{"c":1}]""", """["@2",{"d":1},"@0"]""", new[] { 2, -1, 0 })] // Neighbours that changed places have nothing between them.
    [InlineData("""[{"a":1}]""", """["@-",{"b":1}]""", new[] { -1, -1 })] // Beside something from elsewhere nothing is known.
    [InlineData("""[{"a":1}]""", """[{"b":1},"@-"]""", new[] { -1, -1 })]
    public void Match_GapBetweenKnownElements_PositionDecidesWhereThereAreAsMany(string old, string @new, int[] matches) =>
        Assert.Equal(matches, Match(old, @new, key: null));

    [Theory]
    [InlineData("""[{"a":0},{"a":1},{"a":2},{"a":3},{"a":4}]""", """["@1",{"b":0},"@3","@0",{"b":1},"@4"]""", new[] { 1, 2, 3, 0, -1, 4 })] // The first gap took the element from the second.
    [InlineData("""[{"a":0},{"a":1},{"a":2},{"a":3},{"a":4},{"a":5}]""", """["@2",{"b":0},"@4","@0",{"b":1},"@5"]""", new[] { 2, 3, 4, 0, 1, 5 })]
    public void Match_GapsThatOverlap_EachOldElementIsTakenOnce(string old, string @new, int[] matches) =>
        Assert.Equal(matches, Match(old, @new, key: null));

    // In time that grows as the list does, whatever the order. Of the old elements every second is the object that it was.
    [Fact]
    public void Match_LongListInAnyOrder_EndsSoon()
    {
        const int count = 200_000;
        var before = Trees.Parse($"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"a\":{i}}}"))}]");
        var oldElements = Trees.Elements(before);
        // From both ends to the middle, and something new behind each.
        var order = Enumerable.Range(0, count / 2).SelectMany(i => new[] { i % 2 == 0 ? i : count - i, -1 }).ToList();
        var after = Trees.Parse($"[{string.Join(',', order.Select(position => position < 0 ? "{\"n\":0}" : $"{{\"a\":{position}}}"))}]");

        var matches = ListMatcher.Match(
            oldElements, Trees.Elements(after), [.. order.Select(position => position < 0 ? Origin.New : new Origin(oldElements[position], JsonTree.None))], key: null);

        Assert.All(order.Select((position, i) => (position, i)), item => Assert.True(item.position < 0 || matches[item.i] == item.position));
    }

    [Theory]
    [InlineData("""[{"a":1}]""", """["@-"]""", """{"a":1}""")]
    [InlineData("""[{"name":"a"}]""", """["@-"]""", """{"name":"a"}""")]
    [InlineData("""[{"name":"x","a":1,"b":2},{"c":1}]""", """["@-"]""", """{"name":"y","a":1,"b":2}""")]
    public void Match_ObjectFromElsewhere_IsNotWhatItLooksLike(string old, string @new, string elsewhere) =>
        Assert.Equal([-1], Match(old, @new, Name, elsewhere));

    [Fact]
    public void Match_ObjectFromElsewhereWithTheKeyButNotTheCompanion_IsNoCopy() =>
        Assert.Equal([-1], Match("""[{"port":80,"protocol":"UDP"}]""", """["@-"]""", Port, """{"port":80}"""));

    [Theory]
    [InlineData("""[{"name":"a","v":1},{"name":"b","v":2}]""", """[{"name":"b","v":3},{"name":"a","v":4}]""", new[] { 1, 0 })]
    [InlineData("""[{"name":"a","v":1},{"name":"a","v":2}]""", """[{"name":"a","v":1},{"name":"a","v":3}]""", new[] { 0, 1 })]
    [InlineData("""[{"name":"a","v":1},{"name":"a","v":2}]""", """[{"name":"a","v":3}]""", new[] { -1 })] // Nobody knows which of the two it was.
    [InlineData("""[{"name":"a","v":1}]""", """[{"name":"a","v":3},{"name":"a","v":4}]""", new[] { -1, -1 })]
    [InlineData("""[{"name":"a","v":1},{"name":"b","v":2}]""", """["@1",{"name":"b","v":2}]""", new[] { 1, -1 })] // Taken by the object itself.
    [InlineData("""[{"name":null,"v":1}]""", """[{"name":null,"v":2}]""", new[] { -1 })] // No key, and nothing in common.
    [InlineData("""[{"v":1}]""", """[{"v":2}]""", new[] { -1 })]
    [InlineData("""[{"name":1,"v":1}]""", """[{"name":1,"v":2}]""", new[] { 0 })]
    [InlineData("""[{"name":1,"v":1}]""", """[{"name":"1","v":2}]""", new[] { -1 })]
    public void Match_Key_IsTheSameElementWhereBothSidesHaveItAsOften(string old, string @new, int[] matches) =>
        Assert.Equal(matches, Match(old, @new, Name));

    [Fact]
    public void Match_KeyOfWhatIsLeft_CountsNotWhatIsMatched() =>
        // The first was renamed in place, so of two elements called "a" one is left on each side.
        Assert.Equal([0, 1], Match("""[{"name":"a","v":1},{"name":"a","v":2}]""", """["@0",{"name":"a","v":3}]""", Name, renamed: """{"name":"b","v":1}"""));

    [Theory]
    [InlineData("""[{"name":"a","i":1},{"name":"b","i":1}]""", """[{"name":"c","i":1},{"name":"d","i":1}]""", new[] { 0, 1 })] // Copies with new keys, alike but for their place.
    [InlineData("""[{"name":"a","i":1},{"name":"b","i":2}]""", """[{"name":"c","i":8},{"name":"d","i":9}]""", new[] { -1, -1 })] // Something else in their place.
    [InlineData("""[{"name":"a","i":1},{"name":"b","i":1}]""", """[{"name":"c","i":1}]""", new[] { -1 })]
    [InlineData("""[{"name":"a","i":1},{"name":"b","i":2}]""", """[{"name":"c","i":2}]""", new[] { 1 })]
    public void Match_KeyIsNew_IsACopyIfMostIsEqual(string old, string @new, int[] matches) =>
        Assert.Equal(matches, Match(old, @new, Name));

    [Theory]
    [InlineData("""[{"port":80},{"port":80,"protocol":"UDP"}]""", """[{"port":80,"protocol":"UDP"},{"port":80,"protocol":"TCP"}]""", new[] { 1, 0 })]
    [InlineData("""[{"port":80,"n":1},{"port":81,"n":2}]""", """[{"port":81,"protocol":"UDP","n":3},{"port":80,"protocol":"UDP","n":4}]""", new[] { 1, 0 })] // The companion was changed.
    [InlineData("""[{"port":80,"n":1},{"port":80,"protocol":"UDP","n":2}]""", """[{"port":80,"n":1},{"port":80,"protocol":"SCTP","n":9}]""", new[] { 0, -1 })] // There were two of that port.
    [InlineData("""[{"port":80,"n":1},{"port":81,"n":2}]""", """[{"port":81,"protocol":"UDP","n":3}]""", new[] { 1 })]
    public void Match_KeyWithCompanion_CountsBothThenTheKeyAlone(string old, string @new, int[] matches) =>
        Assert.Equal(matches, Match(old, @new, Port));

    /// <summary>Matches two lists; a text that begins with @ in the new one says which object it is.</summary>
    private static int[] Match(string old, string @new, ElementKey? key, string elsewhere = """{"from":"elsewhere"}""", string? renamed = null)
    {
        var before = Trees.Parse(old);
        var oldElements = Trees.Elements(before);
        List<Origin> known = [];
        List<string> texts = [];
        var written = Trees.Parse(@new);
        foreach (var node in Trees.Elements(written).Nodes)
        {
            var text = Encoding.UTF8.GetString(written.Text(node));
            var isReference = text.StartsWith("\"@", StringComparison.Ordinal);
            var position = isReference && text != "\"@-\"" ? int.Parse(text[2..^1], System.Globalization.CultureInfo.InvariantCulture) : -1;
            known.Add(!isReference ? Origin.New : position >= 0 ? new Origin(oldElements[position], JsonTree.None) : new Origin(JsonTree.None, 7));
            texts.Add(!isReference ? text : position < 0 ? elsewhere : renamed ?? Encoding.UTF8.GetString(before.Text(oldElements[position])));
        }

        var after = Trees.Parse($"[{string.Join(',', texts)}]");
        return ListMatcher.Match(oldElements, Trees.Elements(after), known, key);
    }
}
