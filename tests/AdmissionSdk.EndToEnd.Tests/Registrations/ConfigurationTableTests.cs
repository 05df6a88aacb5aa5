using System.Net;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Tests.Support;
using k8s;
using k8s.Autorest;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <summary>The table of contract section 19 against the API server itself. The offline validator passes the same table in its own tests.</summary>
/// <remarks>Covers docs/apiserver-contract.md section 19, <see cref="AdmissionSdk.Manifests.WebhookConfigurationValidator"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class ConfigurationTableTests(ApiServerSession session)
{
    public static TheoryData<string> Old => new(ConfigurationCases.Names.Where(name => ConfigurationCases.Get(name).Since is null));

    public static TheoryData<string> Since127 => new(ConfigurationCases.Names.Where(name => ConfigurationCases.Get(name).Since == "1.27"));

    public static TheoryData<string> Since128 => new(ConfigurationCases.Names.Where(name => ConfigurationCases.Get(name).Since == "1.28"));

    [Fact]
    public void Table_EveryCase_IsInOneOfTheTheories() =>
        Assert.Equal(ConfigurationCases.Names.Count(), Old.Count + Since127.Count + Since128.Count);

    [ApiServerTheory]
    [MemberData(nameof(Old))]
    public Task Create_ConfigurationOfTheTable_IsTakenOrRefused(string name) => CreateAsync(name);

    [ApiServerTheory(MinVersion = "1.27")]
    [MemberData(nameof(Since127))]
    public Task Create_ConfigurationOfTheTableSince127_IsTakenOrRefused(string name) => CreateAsync(name);

    [ApiServerTheory(MinVersion = "1.28")]
    [MemberData(nameof(Since128))]
    public Task Create_ConfigurationOfTheTableSince128_IsTakenOrRefused(string name) => CreateAsync(name);

    [ApiServerFact]
    public async Task Update_WhatIsStoredIsGood_IsJudgedAsTheTableSays()
    {
        // Contract 19.10: an update may violate only rules that the stored object violates already, and this object violates none.
        var api = session.Server.Client.AdmissionregistrationV1;
        // The object matches nothing, so that other tests do not meet a webhook that nobody serves.
        var stored = await api.CreateMutatingWebhookConfigurationAsync(ConfigurationCases.Get("19.2: no webhooks").Create("table-update"));
        try
        {
            var differences = new List<string>();
            foreach (var name in ConfigurationCases.Names.Where(name => ConfigurationCases.Get(name).Since is null && !name.StartsWith("19.2: a name with", StringComparison.Ordinal)))
            {
                var item = ConfigurationCases.Get(name);
                var update = item.Create("table-update");
                update.Metadata.ResourceVersion = stored.Metadata.ResourceVersion;
                var refusal = await RefusalAsync(() => api.ReplaceMutatingWebhookConfigurationAsync(update, stored.Metadata.Name, dryRun: "All"));
                if (item.IsAccepted != (refusal.Length == 0))
                {
                    differences.Add($"{name}: {refusal}");
                }
            }

            Assert.Empty(differences);
        }
        finally
        {
            await api.DeleteMutatingWebhookConfigurationAsync(stored.Metadata.Name);
        }
    }

    [ApiServerFact]
    public async Task Update_NothingStoredOrNoVersionOfIt_IsRefused()
    {
        var api = session.Server.Client.AdmissionregistrationV1;
        var good = ConfigurationCases.Get("19.2: no webhooks");
        var absent = await Assert.ThrowsAsync<HttpOperationException>(() =>
            api.ReplaceMutatingWebhookConfigurationAsync(good.Create("table-absent"), "table-absent"));
        Assert.Equal(HttpStatusCode.NotFound, absent.Response.StatusCode);

        var stored = await api.CreateMutatingWebhookConfigurationAsync(good.Create("table-version"));
        try
        {
            var refusal = await RefusalAsync(() => api.ReplaceMutatingWebhookConfigurationAsync(good.Create("table-version"), stored.Metadata.Name));
            Assert.Contains("metadata.resourceVersion: Invalid value", refusal, StringComparison.Ordinal);
        }
        finally
        {
            await api.DeleteMutatingWebhookConfigurationAsync(stored.Metadata.Name);
        }
    }

    private async Task CreateAsync(string name)
    {
        var item = ConfigurationCases.Get(name);
        var refusal = await RefusalAsync(() =>
            session.Server.Client.AdmissionregistrationV1.CreateMutatingWebhookConfigurationAsync(item.Create("table"), dryRun: "All"));
        Assert.True(item.IsAccepted == (refusal.Length == 0), $"{name}: {refusal}");
    }

    /// <summary>The API server's reason to refuse a call; empty when the server accepts the call.</summary>
    private static async Task<string> RefusalAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "";
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            return exception.Response.Content;
        }
    }
}
