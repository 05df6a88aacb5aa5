namespace AdmissionSdk.CommandLine.Reports;

/// <summary>A rule that a report can explain.</summary>
/// <param name="Title">The rule in a few words.</param>
/// <param name="Explanation">The harm that the rule prevents.</param>
/// <param name="Fix">The change that ends a finding.</param>
internal sealed record ReportRule(string Title, string Explanation, string Fix);
