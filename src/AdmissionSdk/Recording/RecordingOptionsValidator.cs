using Microsoft.Extensions.Options;

namespace AdmissionSdk.Recording;

/// <summary>Checks the options at start.</summary>
internal sealed class RecordingOptionsValidator : IValidateOptions<RecordingOptions>
{
    public ValidateOptionsResult Validate(string? name, RecordingOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            problems.Add("RecordingOptions.Path is empty; set the file that AddReviewRecording writes.");
        }

        if (options.MaxBytes <= 0)
        {
            problems.Add($"RecordingOptions.MaxBytes is {options.MaxBytes}; it must be positive.");
        }

        if (options.MaxReviewBytes <= 0)
        {
            problems.Add($"RecordingOptions.MaxReviewBytes is {options.MaxReviewBytes}; it must be positive.");
        }

        problems.AddRange(options.KeepPaths
            .Where(path => path is null || !path.StartsWith('/'))
            .Select(path => $"RecordingOptions.KeepPaths: \"{path}\" is not a JSON pointer; write it as /spec/containers/*/image."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
