using ImageRegistryWebhook.Registries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImageRegistryWebhook.Tests.Registries;

/// <remarks>Covers <see cref="RegistryLookupValidator"/>, <see cref="RegistryLookupOptions"/>.</remarks>
public class RegistryLookupValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => Assert.True(new RegistryLookupValidator().Validate(null, new RegistryLookupOptions()).Succeeded);

    [Fact]
    public async Task Start_OptionsThatCannotBeMeant_Fails()
    {
        await using var rig = new LookupRig([("RefusedNetworks:0", "ten")]);

        var exception = Assert.Throws<OptionsValidationException>(() => rig.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal("RegistryLookup: RefusedNetworks: \"ten\" is not a network such as 10.1.0.0/16.", exception.Message);
    }

    [Fact]
    public void Validate_ManyErrors_TellsAll()
    {
        var result = new RegistryLookupValidator().Validate(null, new RegistryLookupOptions
        {
            LongestTimeout = TimeSpan.FromMinutes(1),
            ConnectTimeout = TimeSpan.Zero,
            AbsentCache = TimeSpan.FromSeconds(-1),
            FailureCache = TimeSpan.FromSeconds(-1),
            CacheEntries = -1,
            MaxConcurrent = 0,
            RefusedNetworks = ["10.0.0.0/99"],
            CredentialsFile = "/does/not/exist",
            Registries =
            [
                new RegistryTrust { Host = "https://registry.example.com", Networks = ["ten"] },
                new RegistryTrust { Host = "registry.example.com", PlainHttp = true, TokenRealms = ["auth.example.com/token"] },
                new RegistryTrust { Host = "registry.example.com:80" },
            ],
        });

        Assert.Equal(12, result.Failures!.Count());
        Assert.All(result.Failures!, failure => Assert.StartsWith("RegistryLookup: ", failure, StringComparison.Ordinal));
        Assert.Contains(result.Failures!, failure => failure.Contains("registry.example.com:80 is listed twice", StringComparison.Ordinal));
    }
}
