using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>An object with the results of the application's webhooks.</summary>
internal sealed class ReviewedObject(ManifestObject item)
{
    /// <summary>The verdict about an object that only an API server can convert for the webhook.</summary>
    public const string SkippedVerdict = "skipped";

    /// <summary>The verdict about an object that a match condition keeps from a webhook.</summary>
    public const string ExcludedVerdict = "excluded";

    public ManifestObject Object { get; } = item;

    /// <summary>True if a webhook would be called about the object.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>True if a webhook was called about the object, or the API server would deny the object.</summary>
    public bool WasCalled { get; set; }

    /// <summary>True if a mutator denied the object or could not decide, so that the final object is unknown.</summary>
    public bool IsStopped { get; set; }

    /// <summary>The object after the mutators; null without a change.</summary>
    public JsonObject? Result { get; set; }

    /// <summary>The findings for the report.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The reason for which no webhook judged the object, as a part of a sentence; null for a judged object.</summary>
    public string? UnjudgedReason => Failures.Count > 0 ? "undecided" : !IsClaimed ? "without a webhook that would be called"
        : !WasCalled && Findings.Exists(finding => finding.Verdict == ExcludedVerdict) ? "kept from every webhook by match conditions"
        : Findings.Exists(finding => finding.Verdict == SkippedVerdict) ? "of another version than the registered one" : null;

    /// <summary>The webhooks that could not decide, with the place of the object.</summary>
    public List<(int Line, int Column, string Message)> Failures { get; } = [];
}
