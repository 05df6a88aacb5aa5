using System.Globalization;
using AdmissionSdk.Patching.Diff;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>
/// One random case: a kind, the seed of its unknown fields, and the seeds of the edits. Shrinks to fewer edits. Every run prints the seed of its cases
/// (it is in the test's output); <c>ADMISSION_TESTS_SEED</c> sets it, and <c>ADMISSION_TESTS_CASES</c> how many there are.
/// </summary>
internal sealed record EditCase(int Kind, int Document, int[] Edits)
{
    private const string SeedVariable = "ADMISSION_TESTS_SEED";

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("ADMISSION_TESTS_CASES"), CultureInfo.InvariantCulture, out var given) ? given
        : Environment.GetEnvironmentVariable("ADMISSION_TESTS") == "full" ? 10_000 : 200;

    public TestDocument Of => TestDocument.All[Kind];

    /// <summary>Runs a property over random cases.</summary>
    public static void ForAll(ITestOutputHelper output, Action<EditCase> property, int mostEdits = 4)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given)
            ? given
            : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"{SeedVariable}={seed}, {Count} cases");
        var cases =
            from kind in Gen.Choose(0, TestDocument.All.Count - 1)
            from document in Gen.Choose(0, int.MaxValue)
            from size in Gen.Choose(0, mostEdits)
            from edits in Gen.ArrayOf(Gen.Choose(0, int.MaxValue), size)
            select new EditCase(kind, document, edits);
        var arbitrary = Arb.From(cases, @case => Enumerable.Range(0, @case.Edits.Length)
            .Select(i => @case with { Edits = [.. @case.Edits[..i], .. @case.Edits[(i + 1)..]] }));
        var replay = new FsCheck.Replay(new Rnd(seed), FSharpOption<int>.None);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Count).WithReplay(FSharpOption<FsCheck.Replay>.Some(replay)), Prop.ForAll(arbitrary, property));
    }

    public EditRun Run()
    {
        var document = Of;
        return document.Run(
            document.WithUnknownFields(new Random(Document)),
            root =>
            {
                foreach (var edit in Edits)
                {
                    RandomEditor.Edit(root, document.TypeInfo, edit);
                }
            });
    }

    /// <summary>The edits one after the other, as mutators behind one webhook make them.</summary>
    public (byte[] Raw, byte[] Result, PatchResult Patch) RunAsChain()
    {
        var document = Of;
        var raw = document.WithUnknownFields(new Random(Document));
        var (result, patch) = document.RunChain(
            raw, [.. Edits.Select(edit => (Action<object>)(root => RandomEditor.Edit(root, document.TypeInfo, edit)))]);
        return (raw, result, patch);
    }

    public override string ToString() => $"{Of.Name}, document {Document}, edits [{string.Join(", ", Edits)}]";
}
