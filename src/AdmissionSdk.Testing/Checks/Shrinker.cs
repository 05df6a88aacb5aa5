namespace AdmissionSdk.Testing.Checks;

/// <summary>Takes fields, list elements and text away from a review for as long as the property stays broken.</summary>
/// <param name="required">Pointers of fields that stay.</param>
/// <param name="budget">The largest number of reviews to try.</param>
internal sealed class Shrinker(RequiredFields required, int budget = 2_000)
{
    public async Task<(Violation Smallest, int Tries)> ShrinkAsync(AdmissionReviewBuilder review, Violation violation, PropertyCheck check)
    {
        var tries = 1;
        var smaller = true;
        while (smaller)
        {
            smaller = false;
            // Large fields first: a field that goes with its parent need not be tried.
            for (var i = 0; tries < budget && Candidates(review).Skip(i).FirstOrDefault() is { } candidate;)
            {
                tries++;
                if (await check(candidate) is { } again)
                {
                    (review, violation, smaller) = (candidate, again, true);
                }
                else
                {
                    i++;
                }
            }
        }

        return (violation, tries);
    }

    private IEnumerable<AdmissionReviewBuilder> Candidates(AdmissionReviewBuilder review)
    {
        if (review.Subject is not { } subject)
        {
            yield break;
        }

        foreach (var place in Places.Of(subject).Where(place => !required.Contains(place.Segments)))
        {
            yield return review.WithoutField(place.Segments);
        }

        foreach (var place in Places.Of(subject).Where(place => place.Value.IsLongText() && !required.Contains(place.Segments)))
        {
            yield return review.WithField(place.Segments, "x");
        }
    }
}
