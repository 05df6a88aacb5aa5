using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>What the application's webhooks made of an object.</summary>
internal sealed class ReviewedObject(ManifestObject item)
{
    public ManifestObject Object { get; } = item;

    /// <summary>Whether a webhook claims it at all.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether a mutator denied it or could not decide, so that nobody knows what it would become.</summary>
    public bool IsStopped { get; set; }

    /// <summary>The object after the mutators; null if they changed nothing.</summary>
    public JsonObject? Result { get; set; }

    /// <summary>What is to be reported.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>What could not be decided.</summary>
    public List<(int Line, int Column, string Message)> Failures { get; } = [];
}
