using FsCheck;
using FsCheck.Fluent;

namespace AdmissionSdk.Tests.Patching.Properties;

/// <summary>One random case: a kind, the seed of its unknown fields, and the seeds of the edits. Shrinks to fewer edits.</summary>
internal sealed record EditCase(int Kind, int Document, int[] Edits)
{
    private static int Count => Environment.GetEnvironmentVariable("ADMISSION_TESTS") == "full" ? 10_000 : 200;

    public TestDocument Of => TestDocument.All[Kind];

    /// <summary>Runs a property over random cases; a failure prints the case, and the seed to replay it with.</summary>
    public static void ForAll(Action<EditCase> property, int mostEdits = 4)
    {
        var cases =
            from kind in Gen.Choose(0, TestDocument.All.Count - 1)
            from document in Gen.Choose(0, int.MaxValue)
            from size in Gen.Choose(0, mostEdits)
            from edits in Gen.ArrayOf(Gen.Choose(0, int.MaxValue), size)
            select new EditCase(kind, document, edits);
        var arbitrary = Arb.From(cases, @case => Enumerable.Range(0, @case.Edits.Length)
            .Select(i => @case with { Edits = [.. @case.Edits[..i], .. @case.Edits[(i + 1)..]] }));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Count), Prop.ForAll(arbitrary, property));
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

    public override string ToString() => $"{Of.Name}, document {Document}, edits [{string.Join(", ", Edits)}]";
}
