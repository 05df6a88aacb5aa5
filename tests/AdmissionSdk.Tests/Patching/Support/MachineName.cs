namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>An object that its type cannot read without a member.</summary>
internal sealed class MachineName
{
    public required string Text { get; set; }
}
