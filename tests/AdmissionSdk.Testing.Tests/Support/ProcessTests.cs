namespace AdmissionSdk.Testing.Tests.Support;

/// <summary>
/// Classes that start processes run one after another: a script just written cannot be executed while another thread's new
/// process still holds the file open for a moment.
/// </summary>
[CollectionDefinition(Name)]
public sealed class ProcessTests
{
    public const string Name = "Processes";
}
