namespace AdmissionSdk.Recording;

/// <summary>Settings of the recording of reviews.</summary>
public sealed class RecordingOptions
{
    /// <summary>The file, with one JSON object a line. An existing file is appended to, and gets mode 0600.</summary>
    /// <value>The default is empty, which is refused at start.</value>
    public string Path { get; set; } = "";

    /// <summary>The largest size of the file, in bytes. Recording stops there, with a warning; serving goes on.</summary>
    /// <value>The default is 64 MiB.</value>
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The largest review that is recorded, in bytes. Larger reviews are left out.</summary>
    /// <value>The default is 1 MiB.</value>
    public int MaxReviewBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The texts of an object that are kept as they are, as JSON pointers into it: <c>/spec/containers/*/image</c>, where <c>*</c> stands for one segment.
    /// All other text becomes a placeholder of the same length; numbers, booleans, member names and the metadata's names are always kept,
    /// values of annotations never, and Secrets and token requests only with their metadata.
    /// </summary>
    /// <value>The default is empty.</value>
    public IList<string> KeepPaths { get; } = [];

    /// <summary>True to keep user names and groups. A user's uid and extra are never kept.</summary>
    /// <value>The default is false.</value>
    public bool KeepUserNames { get; set; }
}
