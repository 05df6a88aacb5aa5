using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Tests.Simulation.Results;

/// <summary>Warnings that reach the client (contract 16).</summary>
/// <remarks>Covers <see cref="WarningRecorder"/>.</remarks>
public class WarningRecorderTests
{
    [Fact]
    public void Add_EmptyAndDuplicates_AreLeftOut()
    {
        // 16.1
        var recorder = Record("", "a", "b", "a");

        Assert.Equal(["a", "b"], recorder.Written);
        Assert.Empty(recorder.Dropped);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u007fb")]
    public void Add_ControlCharacter_LosesTheWholeText(string text)
    {
        // 16.2
        var recorder = Record(text, "kept");

        Assert.Equal(["kept"], recorder.Written);
        Assert.Equal([text], recorder.Dropped);
    }

    [Fact]
    public void Add_OneTextOfTheWholeLimit_IsCutByTheNext()
    {
        // 16.3: no limit per item until the total would be exceeded.
        Assert.Equal([new string('x', 4096)], Record(new string('x', 4096)).Written);
        Assert.Equal([new string('x', 256), "more"], Record(new string('x', 4096), "more").Written);
    }

    [Fact]
    public void Add_BeyondTheTotal_CutsEverythingAgain()
    {
        // 16.3
        var recorder = Record(new string('a', 4000), "short", new string('b', 300), new string('c', 300));

        Assert.Equal([new string('a', 256), "short", new string('b', 256), new string('c', 256)], recorder.Written);
    }

    [Fact]
    public void Add_ReplacementCharacter_IsKept() => Assert.Equal(["a\uFFFDb"], Record("a\uFFFDb").Written);

    [Fact]
    public void Add_ControlCharacterBeyondTheCut_DoesNotCountOnceAllAreCut()
    {
        // 16.2 and 16.3: what is looked at is what would be sent.
        var before = new string('b', 256) + "\n";
        var after = new string('d', 256) + "\n";

        var recorder = Record(before, new string('a', 4000), new string('c', 300), after);

        Assert.Equal([before[..256], new string('a', 256), new string('c', 256), after[..256]], recorder.Written);
        Assert.Empty(recorder.Dropped);
    }

    [Fact]
    public void Add_AfterTruncation_StopsAtTheTotal()
    {
        // 16.3: 16 items of 256 runes fill the limit. The cut is by rune, not by UTF-16 unit.
        var texts = Enumerable.Range(0, 20).Select(i => $"{(char)('a' + i)}" + string.Concat(Enumerable.Repeat("😀", 400))).ToArray();

        var recorder = Record(texts);

        Assert.Equal(16, recorder.Written.Count);
        Assert.All(recorder.Written, text => Assert.Equal(256, text.EnumerateRunes().Count()));
        Assert.Equal(4, recorder.Dropped.Count);
    }

    private static WarningRecorder Record(params string[] texts)
    {
        var recorder = new WarningRecorder();
        foreach (var text in texts)
        {
            recorder.Add(text);
        }

        return recorder;
    }
}
