namespace AdmissionSdk.Recording;

/// <summary>Where reviews are recorded, how many, and what of them is kept in clear.</summary>
public sealed class RecordingOptions
{
    /// <summary>The file, one JSON object a line. It is made with mode 0600, and appended to.</summary>
    /// <value>There is no default: it must be set.</value>
    public string Path { get; set; } = "";

    /// <summary>How large the file may become, in bytes. Recording stops there, with a warning; webhooks are served on.</summary>
    /// <value>The default is 64 MiB.</value>
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The largest review that is recorded, in bytes. Larger ones are left out.</summary>
    /// <value>The default is 1 MiB.</value>
    public int MaxReviewBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The texts of an object that are kept as they are, as JSON pointers into it: <c>/spec/containers/*/image</c>, where <c>*</c> stands for one segment.
    /// All other text becomes a placeholder of the same length; numbers, booleans, member names and the metadata's names are kept always,
    /// the values of annotations never, and of Secrets and token requests nothing but metadata.
    /// </summary>
    /// <value>The default is none.</value>
    public IList<string> KeepPaths { get; } = [];

    /// <summary>Whether user names and groups are kept. A user's uid and extra never are.</summary>
    /// <value>The default is false.</value>
    public bool KeepUserNames { get; set; }
}
