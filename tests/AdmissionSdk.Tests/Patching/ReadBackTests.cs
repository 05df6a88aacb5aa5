using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Tests.Patching.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching;

/// <summary>Models whose setters, sets and converters change what they read.</summary>
/// <remarks>Covers <see cref="PatchSession"/>, <see cref="ListOrigins"/>, <see cref="EditReplay"/>, <see cref="OriginFinder"/>.</remarks>
public sealed class ReadBackTests
{
    [Fact]
    public void Commit_SortedSet_TheRightOneIsRemoved() => Assert.Equal(
        """{"tags":["b"]}""",
        ResultOf<Basket>("""{"tags":["b","a"]}""", basket => basket.Tags!.Remove("a")));

    [Fact]
    public void Commit_ImmutableSortedSet_TheRightOneIsRemoved() => Assert.Equal(
        """{"fixedSorted":["b"]}""",
        ResultOf<Basket>("""{"fixedSorted":["b","a"]}""", basket => basket.FixedSorted = basket.FixedSorted!.Remove("a")));

    [Fact]
    public void Commit_ImmutableArray_IsByPlace() => Assert.Equal(
        """[{"op":"remove","path":"/fixed/1"}]""",
        Replay.Run<Basket>("""{"fixed":["b","\u0061"]}""", context => context.Object.Fixed = context.Object.Fixed!.Value.Remove("a")).Patch);

    [Fact]
    public void Commit_SetThatDroppedAnEqualElement_LosesNoOther() => Assert.Equal(
        """{"set":[{"id":"a","x":1},{"id":"b","x":3},{"id":"c"}]}""",
        ResultOf<Basket>("""{"set":[{"id":"a","x":1},{"id":"a","x":2},{"id":"b","x":3}]}""", basket => basket.Set!.Add(new BasketItem { Id = "c" })));

    [Fact]
    public void Commit_ElementOfASetEdited_KeepsItsUnknownFields() => Assert.Equal(
        """{"set":[{"id":"a","x":1},{"id":"b","x":3,"size":2}]}""",
        ResultOf<Basket>("""{"set":[{"id":"a","x":1},{"id":"a","x":2},{"id":"b","x":3}]}""", basket => basket.Set!.Last().Size = 2));

    [Fact]
    public void Commit_SetterThatDropsNulls_LosesNoElement() => Assert.Equal(
        """{"present":[{"id":"a","x":1},{"id":"b","x":2},{"id":"c"}]}""",
        ResultOf<Basket>("""{"present":[null,{"id":"a","x":1},{"id":"b","x":2}]}""", basket => basket.Present!.Add(new BasketItem { Id = "c" })));

    [Fact]
    public void Commit_SetterThatSorts_UnknownFieldsStayWithTheirElement() => Assert.Equal(
        """{"sorted":[{"id":"a","x":"A","size":1},{"id":"b","x":"B"}]}""",
        ResultOf<Basket>("""{"sorted":[{"id":"b","x":"B"},{"id":"a","x":"A"}]}""", basket => basket.Sorted![0].Size = 1));

    [Fact]
    public void Commit_SortedWhenRead_UnknownFieldsStayWithTheirElement() => Assert.Equal(
        """{"later":[{"id":"b","x":"B"}]}""",
        ResultOf<Basket>("""{"later":[{"id":"b","x":"B"},{"id":"a","x":"A"}]}""", basket => basket.Later!.RemoveAt(0)));

    [Fact]
    public void Commit_SortedListLeftAlone_KeepsItsOrder() => Assert.Equal(
        """[{"op":"add","path":"/tags","value":["x"]}]""",
        Replay.Run<Basket>("""{"sorted":[{"id":"b","x":"B"},{"id":"a","x":"A"}]}""", context => context.Object.Tags = ["x"]).Patch);

    [Fact]
    public void Commit_CollectionThatReadsBackDifferently_IsRefused()
    {
        var exception = Assert.Throws<PatchException>(() => Replay.Run<Basket>("""{"stack":[1,2]}""", context => context.Object.Stack!.Push(3)));

        Assert.Equal(
            "\"/stack/1\" of the edited object does not read back as it was left: Basket changes, sorts or drops what it reads; edit it by context.Patch",
            exception.Message);
        Assert.False(exception.IsDefect);
    }

    // The view shows neither how many were received nor what: which one has the unknown field cannot be known.
    [Fact]
    public void Commit_ListWhoseSetterDropsAndChangesObjects_IsRefused()
    {
        Refuses("/loud/0", basket => basket.Loud!.Add(new BasketItem { Id = "C" }));
        Refuses("/loud/0", basket => basket.Loud![0].Size = 5);
        Refuses("/loud/0", basket =>
        {
            basket.Loud![0].Size = 5;
            basket.Loud.Add(new BasketItem { Id = "C" });
        });
        Refuses("/present/0", basket => basket.Present = [basket.Loud![0]]);
        Refuses("/present/0", basket => basket.Present = [basket.Loud![0].Inner!]);

        static void Refuses(string path, Action<Basket> edit)
        {
            var exception = Assert.Throws<PatchException>(
                () => Replay.Run<Basket>("""{"loud":[null,{"id":"a","x":1,"inner":{"id":"i","x":2}}]}""", context => edit(context.Object)));

            Assert.Equal($"\"{path}\" of the edited object cannot be traced to a received element: a setter drops or changes elements; edit it by context.Patch", exception.Message);
            Assert.False(exception.IsDefect);
        }
    }

    [Fact]
    public void Commit_ListWhoseSetterDropsAndChangesTexts_IsWrittenAsItIs() => Assert.Equal(
        """{"words":["A","C"]}""", ResultOf<Basket>("""{"words":[null,"a"]}""", basket => basket.Words!.Add("C")));

    [Fact]
    public void Commit_ListWhoseSetterDropsAndChangesObjectsLeftAlone_StaysAsItIs() => Assert.Equal(
        """{"loud":[null,{"id":"a","x":1}],"present":[{"id":"i"}]}""",
        ResultOf<Basket>("""{"loud":[null,{"id":"a","x":1}]}""", basket => basket.Present = [new BasketItem { Id = "i" }]));

    [Fact]
    public void Commit_SetterThatAddsAnObject_TheOthersKeepTheirUnknownFields()
    {
        const string raw = """{"completed":[{"id":"a","x":1}]}""";

        Assert.Equal("""{"completed":[{"id":"a","x":1,"size":1},{"id":"default"}]}""", ResultOf<Basket>(raw, basket => basket.Completed![0].Size = 1));
        Assert.Equal("""{"completed":[{"id":"a","x":1},{"id":"default","size":1}]}""", ResultOf<Basket>(raw, basket => basket.Completed![1].Size = 1));
    }

    // Nobody knows the converter's own objects, so the elements are paired by place.
    [Fact]
    public void Commit_MapThatAConverterWritesAsAList_ElementsAreByPlace() => Assert.Equal(
        """{"named":[{"name":"a","size":1,"x":1},{"name":"b","size":5,"x":2}]}""",
        ResultOf<Crate>("""{"named":[{"name":"a","size":1,"x":1},{"name":"b","size":2,"x":2}]}""", crate => crate.Named!["b"] = 5));

    [Fact]
    public void Commit_ObjectThatItsTypeCannotReadAgain_IsRefused()
    {
        var exception = Assert.Throws<PatchException>(() => Replay.Run<Machine>("""{"name":{"text":"a"}}""", context => context.Object.Name!.Text = null!));

        Assert.Equal("the edited object cannot be read back: JsonException", exception.Message);
    }

    [Fact]
    public void Commit_MemberOfAnObjectTheDocumentLacks_IsAllThatIsWritten() => Assert.Equal(
        """{"plain":{"size":1}}""", ResultOf<Machine>("{}", machine => machine.Plain.Size = 1));

    [Fact]
    public void Commit_MemberOfAnObjectInAnObjectTheDocumentLacks_IsAllThatIsWritten() => Assert.Equal(
        """{"frame":{"inner":{"size":1}}}""", ResultOf<Machine>("{}", machine => machine.Frame.Inner.Size = 1));

    [Fact]
    public void Commit_MemberOfAnObjectThatTheDocumentHasAsNull_IsAllThatIsWritten() => Assert.Equal(
        """{"kept":{"size":1}}""", ResultOf<Machine>("""{"kept":null}""", machine => machine.Kept.Size = 1));

    [Fact]
    public void Commit_MembersSwapped_TakeTheirUnknownFieldsAlong() => Assert.Equal(
        """{"plain":{"level":2,"x":"T"},"tuned":{"level":1,"x":"P"}}""",
        ResultOf<Machine>(
            """{"plain":{"level":1,"x":"P"},"tuned":{"level":2,"x":"T"}}""", machine => (machine.Plain, machine.Tuned) = (machine.Tuned, machine.Plain)));

    [Fact]
    public void Commit_MapRebuiltInAnotherOrder_IsOnlyWhatItHolds() => Assert.Equal(
        """[{"op":"remove","path":"/data/b"},{"op":"add","path":"/data/d","value":"4"}]""",
        Replay.Run<V1ConfigMap>("""{"data":{"a":"1","b":"2","c":"3"}}""", context => context.Object.Data = new Dictionary<string, string>
        {
            ["d"] = "4",
            ["c"] = "3",
            ["a"] = "1",
        }).Patch);

    [Fact]
    public void Commit_NodesOfNoSchemaMoved_KeepTheirBytes()
    {
        var (result, patch) = Replay.Run<Loose>("""{"list":[{"in":{"s":"\u0061"}},["\u0062"]],"map":{"m":{"in":{"s":"\u0063"}}}}""", context =>
        {
            var (list, map) = (context.Object.List!, context.Object.Map!);
            var (first, second, third) = (list[0]!["in"]!, list[1]!, map["m"]!["in"]!);
            list[0]!.AsObject().Remove("in");
            list.Remove(second);
            map["m"]!.AsObject().Remove("in");
            (map["first"], map["second"], map["third"]) = (first, second, third);
        });

        Assert.Equal("""{"list":[{}],"map":{"m":{},"first":{"s":"a"},"second":["b"],"third":{"s":"c"}}}""", result.ToJsonString());
        Assert.Contains("""{"op":"add","path":"/map/first","value":{"s":"\u0061"}}""", patch, StringComparison.Ordinal);
        Assert.Contains("""{"op":"add","path":"/map/second","value":["\u0062"]}""", patch, StringComparison.Ordinal);
        Assert.Contains("""{"op":"add","path":"/map/third","value":{"s":"\u0063"}}""", patch, StringComparison.Ordinal);
    }

    [Fact]
    public void Commit_MemberOfAnObjectThatIsNotAsItsTypeMakesIt_IsWrittenWithTheRest() => Assert.Equal(
        """{"tuned":{"level":5,"size":1}}""", ResultOf<Machine>("{}", machine => machine.Tuned.Size = 1));

    [Fact]
    public void Commit_ListTheDocumentLacks_IsWrittenWhole() => Assert.Equal(
        """{"spares":[{"level":7,"size":0},{"level":0,"size":2}]}""", ResultOf<Machine>("{}", machine => machine.Spares.Add(new MachinePart { Size = 2 })));

    [Fact]
    public void Commit_OneInstanceInTwoPlaces_EachKeepsItsBytes() => Assert.Equal(
        """[{"op":"add","path":"/plain","value":{"size":1}}]""",
        Replay.Run<Machine>("""{"left":{"on":true,"x":"L"},"right":{"on":true,"x":"R"}}""", context => context.Object.Plain.Size = 1).Patch);

    private static string ResultOf<T>(string raw, Action<T> edit)
        where T : class => Replay.Run<T>(raw, context => edit(context.Object)).Result.ToJsonString();
}
