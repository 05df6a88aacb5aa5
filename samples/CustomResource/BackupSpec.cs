namespace CustomResource;

/// <summary>How often to copy, and how many copies to keep. Nullable, since absent and zero are two things.</summary>
public sealed class BackupSpec
{
    public TimeSpan? Every { get; set; }
    public int? Keep { get; set; }
}
