using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Tests.Patching.Support;
using Xunit.Abstractions;

namespace AdmissionSdk.Tests.Patching.Properties;

/// <summary>Properties of every edit of every object. 200 random cases each here, 10,000 in the full tier.</summary>
/// <remarks>Covers <see cref="PatchSession"/>, <see cref="EditReplay"/>, <see cref="OriginFinder"/>, <see cref="ListMatcher"/>, <see cref="JsonDiff"/>, <see cref="PatchDocument"/>.</remarks>
public sealed class PatchProperties(ITestOutputHelper output)
{
    [Fact]
    public void Patch_AnyEdit_AppliesUnderBothEnginesWithTheSameResult() => EditCase.ForAll(output, @case =>
    {
        var run = @case.Run();
        if (run.Patch.OperationCount == 0)
        {
            return;
        }

        var expected = JsonNode.Parse(run.Result);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(JsonPatch.Parse(run.Patch.Json.Span).Apply(run.Raw))), run.PatchText);
        if (!HasEmptySegment(run.PatchText))
        {
            Assert.True(JsonNode.DeepEquals(expected, Oracle.Apply(run.Raw, run.PatchText)), run.PatchText);
        }
    });

    [Fact]
    public void Result_AnyEdit_ShowsExactlyTheEditedView() => EditCase.ForAll(output, @case =>
    {
        // Read back and written again, the result is the view the author left behind.
        var run = @case.Run();
        var again = @case.Of.Run(run.Result, _ => { });

        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(run.After), JsonNode.Parse(again.Before)),
            $"{System.Text.Encoding.UTF8.GetString(run.After)}\n{System.Text.Encoding.UTF8.GetString(again.Before)}");
    });

    [Fact]
    public void UnknownFields_AnyEdit_StayWithTheirElement() => EditCase.ForAll(output, @case =>
    {
        var run = @case.Run();
        var (raw, result) = (JsonNode.Parse(run.Raw), JsonNode.Parse(run.Result));
        var owners = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
        foreach (var (reference, pointer, isObject) in Places.Of(run.GraphBefore))
        {
            if (isObject && Places.Find(raw, pointer) is JsonObject owner && owner[Places.UnknownName] is { } unknown)
            {
                owners[reference] = unknown.ToJsonString();
            }
        }

        foreach (var (reference, pointer, _) in Places.Of(run.GraphAfter))
        {
            if (owners.TryGetValue(reference, out var unknown))
            {
                Assert.True(
                    unknown == (Places.Find(result, pointer) as JsonObject)?[Places.UnknownName]?.ToJsonString() || run.IsNoEdit(reference, pointer),
                    $"{pointer} lost {unknown}: {run.PatchText}");
            }
        }
    });

    [Fact]
    public void Bytes_AnyEdit_WhatTheAuthorDidNotTouchKeepsThem() => EditCase.ForAll(output, @case =>
    {
        var run = @case.Run();
        var (raw, before, after, result) = (Tree(run.Raw), Tree(run.Before), Tree(run.After), Tree(run.Result));
        var old = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
        foreach (var (reference, pointer, isObject) in Places.Of(run.GraphBefore))
        {
            if (isObject)
            {
                old[reference] = pointer;
            }
        }

        var known = Places.Of(run.GraphBefore).ToLookup(place => place.Reference, place => place.Pointer, ReferenceEqualityComparer.Instance);
        var now = Places.Of(run.GraphAfter).ToLookup(place => place.Pointer, place => place.Reference);
        foreach (var (reference, pointer, _) in Places.Of(run.GraphAfter))
        {
            if (!old.TryGetValue(reference, out var oldPointer))
            {
                continue;
            }

            var (rawOwner, beforeOwner, afterOwner, resultOwner) =
                (Places.Find(raw, oldPointer), Places.Find(before, oldPointer), Places.Find(after, pointer), Places.Find(result, pointer));
            foreach (var member in raw.Children(rawOwner))
            {
                var name = raw.Name(member);
                var (wasShown, isShown) = (before.Find(beforeOwner, name), after.Find(afterOwner, name));
                var (oldPlace, place) = ($"{oldPointer}/{JsonPointer.Escape(name)}", $"{pointer}/{JsonPointer.Escape(name)}");
                if (now[place].Any(value => known[value].Any() && !known[value].Contains(oldPlace)))
                {
                    // One that looks the same, from elsewhere: it brings its own bytes.
                    continue;
                }

                var untouched = wasShown == JsonTree.None
                    ? isShown == JsonTree.None
                    : isShown != JsonTree.None && before.Text(wasShown).SequenceEqual(after.Text(isShown));
                if (untouched)
                {
                    Assert.True(
                        (result.Find(resultOwner, name) is >= 0 and var kept && raw.Text(member).SequenceEqual(result.Text(kept))) || run.IsNoEdit(reference, pointer),
                        $"{pointer}/{name} was rewritten: {run.PatchText}");
                }
            }
        }
    });

    [Fact]
    public void Patch_NoEdit_IsNone() => EditCase.ForAll(output, @case => Assert.Equal(0, @case.Run().Patch.OperationCount), mostEdits: 0);

    [Fact]
    public void Patch_AnyEdit_NoOperationCanBeLeftOut() => EditCase.ForAll(output, @case =>
    {
        var run = @case.Run();
        if (run.Patch.OperationCount is 0 or > 12)
        {
            return;
        }

        var operations = JsonNode.Parse(run.PatchText)!.AsArray();
        for (var i = 0; i < operations.Count; i++)
        {
            var fewer = JsonSerializer.SerializeToUtf8Bytes(new JsonArray([.. operations.Where((_, j) => j != i).Select(operation => operation!.DeepClone())]));
            Assert.False(GivesTheResult(fewer, run), $"operation {i} can be left out of {run.PatchText}");
        }
    });

    [Fact]
    public void Chain_AnyEdits_IsOnePatchToWhatOneAfterTheOtherGives() => EditCase.ForAll(output, @case =>
    {
        var (raw, result, patch) = @case.RunAsChain();
        var alone = raw;
        foreach (var edit in @case.Edits)
        {
            alone = (@case with { Edits = [edit] }).Of.Run(alone, root => RandomEditor.Edit(root, @case.Of.TypeInfo, edit)).Result;
        }

        var text = System.Text.Encoding.UTF8.GetString(patch.Json.Span);
        Assert.Equal(System.Text.Encoding.UTF8.GetString(alone), System.Text.Encoding.UTF8.GetString(result));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(result), JsonNode.Parse(patch.OperationCount == 0 ? raw : JsonPatch.Parse(patch.Json.Span).Apply(raw))), text);
        if (patch.OperationCount > 0 && !HasEmptySegment(text))
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(result), Oracle.Apply(raw, text)), text);
        }
    });

    [Fact]
    public void Patch_SettingTheSameAgain_IsEmpty() => EditCase.ForAll(output, @case =>
    {
        // An idempotent handler: it sets members of objects it finds by their place.
        var document = @case.Of;
        void Handler(object root)
        {
            foreach (var edit in @case.Edits)
            {
                IdempotentEditor.Edit(root, document.TypeInfo, edit);
            }
        }

        var first = document.Run(document.WithUnknownFields(new Random(@case.Document)), Handler);

        Assert.Equal("", document.Run(first.Result, Handler).PatchText);
    });

    [Fact]
    public void Cases_OfFourEdits_NearlyAllChangeSomething()
    {
        // Guards the properties above against holding because nothing happens.
        var (cases, changed, operations) = (0, 0, 0);
        EditCase.ForAll(output, @case =>
        {
            if (@case.Edits.Length == 4)
            {
                var patch = @case.Run().Patch;
                cases++;
                changed += patch.OperationCount > 0 ? 1 : 0;
                operations += patch.OperationCount;
            }
        });

        Assert.True(changed > cases * 0.9 && operations > cases * 2, $"{cases} cases, {changed} changed something, {operations} operations");
    }

    private static bool GivesTheResult(byte[] patch, EditRun run)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(run.Result), JsonNode.Parse(JsonPatch.Parse(patch).Apply(run.Raw)));
        }
        catch (JsonPatchException)
        {
            return false;
        }
    }

    internal static bool HasEmptySegment(string patch) =>
        patch.Length > 0 && JsonNode.Parse(patch)!.AsArray().Any(operation => operation!["path"]!.GetValue<string>() is var path && (path.EndsWith('/') || path.Contains("//", StringComparison.Ordinal)));

    private static JsonTree Tree(byte[] json) => JsonTree.Parse(json, 1000);
}
