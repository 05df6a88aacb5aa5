using System.Globalization;
using System.Text;
using AdmissionSdk.Testing.Outcomes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Tries a property on reviews, and reports the smallest review that breaks the property.</summary>
internal static class PropertyRunner
{
    /// <exception cref="AdmissionTestException">The property does not hold.</exception>
    public static async Task RunAsync(string complaint, IEnumerable<AdmissionReviewBuilder> reviews, PropertyCheck check, Shrinker shrinker)
    {
        foreach (var review in reviews)
        {
            if (await check(review) is { } violation)
            {
                var (smallest, tries) = await shrinker.ShrinkAsync(review, violation, check);
                throw Report(complaint, smallest, tries);
            }
        }
    }

    public static AdmissionTestException Report(string complaint, Violation violation, int tries)
    {
        var bytes = violation.Review.ToBytes();
        var text = new StringBuilder();
        text.AppendLine(complaint);
        foreach (var line in violation.Text.Split('\n'))
        {
            text.AppendLine($"  {line.TrimEnd('\r')}");
        }

        text.AppendLine();
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"The smallest review that shows the violation, of {tries} tried:"));
        text.AppendLine($"  {violation.Review.Description}");
        if (violation.Review.Subject is { } subject)
        {
            text.AppendLine($"  {OutcomeText.Clip(GoJson.Write(subject))}");
        }

        text.AppendLine();
        OutcomeText.AppendReview(text, bytes);
        return new AdmissionTestException(text.ToString().TrimEnd(), bytes);
    }
}
