using System.Net;
using AdmissionSdk.Tests.Manifests;
using k8s;
using k8s.Autorest;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <summary>The table of contract section 19 against the API server itself. The offline validator passes the same table in its own tests.</summary>
[Collection(ApiServerTests.Name)]
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

    private async Task CreateAsync(string name)
    {
        var item = ConfigurationCases.Get(name);
        var answer = "";
        try
        {
            await session.Server.Client.AdmissionregistrationV1.CreateMutatingWebhookConfigurationAsync(item.Create("table"), dryRun: "All");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            answer = exception.Response.Content;
        }

        Assert.True(item.IsAccepted == (answer.Length == 0), $"{name}: {answer}");
    }
}
