using System.Text.RegularExpressions;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using Shared;

namespace AdmissionSdk.Tests.Registration;

/// <summary>The table in docs/registration.md names what there is: every builder method and configuration key, and when it takes effect.</summary>
/// <remarks>Covers docs/registration.md, <see cref="WebhookSettings"/>.</remarks>
public sealed partial class RegistrationDocumentationTests
{
    private static readonly Type[] Builders = [typeof(MutatingWebhookBuilder), typeof(ValidatingWebhookBuilder), typeof(HandlerBuilder)];

    private static readonly IReadOnlyList<Row> Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "registration.md"))
            .SkipWhile(line => !line.StartsWith("| setting |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => new Row(Code(cells[2]), Code(cells[3]), cells[4])),
    ];

    [Fact]
    public void Table_Configuration_NamesEveryKeyAndWhenItIsRead()
    {
        var inProcess = Rows.Where(row => row.Key.Length > 0 && row.Effect.Contains("next review", StringComparison.Ordinal)).Select(row => row.Key);
        var inCluster = Rows.Where(row => row.Key.Length > 0 && row.Effect.Contains("`apply`", StringComparison.Ordinal)).Select(row => row.Key);

        Assert.Equal(SettingsTable.Live.Order(), inProcess.Order());
        Assert.Equal(SettingsTable.Keys.Except(SettingsTable.Live).Append("Timeout").Order(), inCluster.Order());
    }

    [Fact]
    public void Table_Settings_AreAllThereAre() =>
        Assert.Empty(SettingsTable.All.Except(Rows.SelectMany(row => new[] { row.Key, row.Builder })));

    [Fact]
    public void Table_Builder_NamesMethodsThatExist()
    {
        var methods = Builders.SelectMany(type => type.GetMethods()).Select(method => method.Name).ToHashSet();

        Assert.All(Rows, row => Assert.Contains(row.Builder, methods));
    }

    private static string Code(string cell) => CodePattern().Match(cell).Groups[1].Value.Split(':')[0];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodePattern();

    private sealed record Row(string Builder, string Key, string Effect);
}
