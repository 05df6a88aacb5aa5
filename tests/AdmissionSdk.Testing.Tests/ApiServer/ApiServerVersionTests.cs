using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>Versions as API servers report them.</summary>
/// <remarks>Covers <see cref="ApiServerVersion"/>, <see cref="ApiServerEnvironment"/>.</remarks>
public sealed class ApiServerVersionTests
{
    [Theory]
    [InlineData("v1.20.2", "1.20.2")]
    [InlineData(" v1.36.1\n", "1.36.1")]
    [InlineData("v1.36.0-rc.1+3f2a", "1.36.0")]
    [InlineData("v1.31.4-gke.1256000", "1.31.4")]
    [InlineData("1.9.11", "1.9.11")]
    public void TryParse_WhatServersReport_KeepsTheNumbers(string text, string expected) =>
        Assert.Equal(Version.Parse(expected), ApiServerVersion.TryParse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1.20")]
    [InlineData("etcd Version: 3.4.23")]
    public void TryParse_AnythingElse_IsNull(string? text) => Assert.Null(ApiServerVersion.TryParse(text));
}
