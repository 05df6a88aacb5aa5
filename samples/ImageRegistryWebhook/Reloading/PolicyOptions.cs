namespace ImageRegistryWebhook.Reloading;

/// <summary>Options of the policy file.</summary>
internal sealed class PolicyOptions
{
    /// <summary>The policy file, relative to the working directory. Default: <c>policy.yaml</c> beside the program.</summary>
    public string PolicyFile { get; set; } = Path.Combine(AppContext.BaseDirectory, "policy.yaml");

    /// <summary>The interval of reading the file, beside the watch of its directory, which not every file system supports. Default: 10 seconds.</summary>
    public TimeSpan PolicyPollInterval { get; set; } = TimeSpan.FromSeconds(10);
}
