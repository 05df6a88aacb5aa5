namespace AdmissionSdk.Configuration;

/// <summary>Finds what is wrong with a part of the configuration. All parts are checked before the start, by every command, and when the configuration changes.</summary>
internal interface IConfigurationCheck
{
    /// <summary>The problems as the configuration is now, one sentence each.</summary>
    IEnumerable<string> Find();
}
