using AdmissionSdk.Configuration;
using AdmissionSdk.Model;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Tests.Support;

/// <summary>The settings of a webhook, as the record of them has them.</summary>
internal static class SettingsTable
{
    /// <summary>All settings.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(WebhookSettings).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];

    /// <summary>The settings that the configuration can make.</summary>
    public static IReadOnlyList<string> Keys { get; } = ReadKeys();

    /// <summary>The settings that a running application follows.</summary>
    public static IReadOnlyList<string> Live { get; } = Set(WebhookSettings.Defaults("a.b.c", WebhookType.Validating, new AdmissionWebhookOptions()).Live);

    public static IReadOnlyList<string> Set(WebhookSettings settings) =>
        [.. All.Where(name => typeof(WebhookSettings).GetProperty(name)!.GetValue(settings) is not null)];

    private static IReadOnlyList<string> ReadKeys()
    {
        var reader = new SectionReader(new ConfigurationBuilder().Build().GetSection("Nowhere"), []);
        WebhookSettings.Read(reader);
        return [.. reader.Known];
    }
}
