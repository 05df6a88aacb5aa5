using System.Globalization;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Checks that the webhook decides on objects as large as users can send (contract 6.5). The counterexample is the smallest size that fails.</summary>
internal static class LargeObjectCheck
{
    private const int Smallest = 1_000;

    // Kubernetes allows 256 KiB of annotations in all, which must have room for those of the webhook. Field owners have no limit of their own.
    private const int MostInAnnotations = 128_000;
    private static readonly string Filling = new('x', 1_000);

    public static async Task RunAsync(Target target, AdmissionReviewBuilder review, int bytes)
    {
        var survives = SurvivalCheck.Of(target);
        if (await survives(Padded(review, bytes)) is not { } violation)
        {
            return;
        }

        var (passes, fails, tries) = (0, bytes, 1);
        while (fails - passes > Smallest)
        {
            tries++;
            var size = passes + ((fails - passes) / 2);
            (passes, fails, violation) = await survives(Padded(review, size)) is { } smaller ? (passes, size, smaller) : (size, fails, violation);
        }

        throw PropertyRunner.Report(
            "The webhook does not survive a large object.",
            violation with { Text = string.Create(CultureInfo.InvariantCulture, $"{violation.Text}\nThat is with {fails} bytes more; with {passes} it decides.") },
            tries);
    }

    private static AdmissionReviewBuilder Padded(AdmissionReviewBuilder review, int bytes) => review.With(request =>
    {
        if ((request["object"] ?? request["oldObject"])?["metadata"] is not JsonObject metadata)
        {
            return;
        }

        var inAnnotations = Math.Min(bytes, MostInAnnotations);
        var annotations = metadata["annotations"] as JsonObject ?? (JsonObject)(metadata["annotations"] = new JsonObject());
        for (var (written, i) = (0, 0); written < inAnnotations; written += Filling.Length, i++)
        {
            annotations[string.Create(CultureInfo.InvariantCulture, $"filling.example.com/{i}")] = Filling[..Math.Min(Filling.Length, inAnnotations - written)];
        }

        if (bytes > inAnnotations)
        {
            var managedFields = metadata["managedFields"] as JsonArray ?? (JsonArray)(metadata["managedFields"] = new JsonArray());
            managedFields.Add((JsonNode)FieldsOf(bytes - inAnnotations));
        }
    });

    private static JsonObject FieldsOf(int bytes)
    {
        var fields = new JsonObject();
        for (var (written, i) = (0, 0); written < bytes; written += Filling.Length, i++)
        {
            fields[string.Create(CultureInfo.InvariantCulture, $"f:{i}{Filling[..Math.Min(Filling.Length, bytes - written)]}")] = new JsonObject();
        }

        return new JsonObject
        {
            ["manager"] = "filling",
            ["operation"] = "Update",
            ["apiVersion"] = "v1",
            ["time"] = "2024-01-01T00:00:00Z",
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = new JsonObject { ["f:metadata"] = fields },
        };
    }
}
