using System.Runtime.CompilerServices;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>Reviews the manifests of a command, one file at a time.</summary>
internal static class ReviewRun
{
    /// <summary>Reviews each object of each file. The source reports objects that could not be read or decided.</summary>
    public static async IAsyncEnumerable<(ManifestText File, ReviewedObject Reviewed)> RunAsync(
        ManifestSource source, ManifestReviewer reviewer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.Read())
        {
            foreach (var item in source.ReadObjects(file))
            {
                if (await ReviewAsync(source, reviewer, file, item, cancellationToken) is { } reviewed)
                {
                    yield return (file, reviewed);
                }
            }
        }
    }

    /// <summary>Reviews one object; null if the object could not be read.</summary>
    public static async Task<ReviewedObject?> ReviewAsync(
        ManifestSource source, ManifestReviewer reviewer, ManifestText file, ManifestObject item, CancellationToken cancellationToken)
    {
        try
        {
            var reviewed = await reviewer.ReviewAsync(item, cancellationToken);
            foreach (var (line, column, message) in reviewed.Failures)
            {
                source.Fail(file.File, line, column, message);
            }

            if (reviewed.UnjudgedReason is { } reason)
            {
                source.Skip(reason);
            }

            return reviewed;
        }
        catch (YamlReadException exception)
        {
            source.Fail(file, exception);
            return null;
        }
    }
}
