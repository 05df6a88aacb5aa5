using AdmissionSdk.Testing.ApiServer;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>Objects that a test run may take for leftovers of a killed run.</summary>
/// <remarks>Covers <see cref="OwnLabel"/>.</remarks>
public sealed class OwnLabelTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Set_Metadata_GetsAValidLabelBesideItsOwn()
    {
        var metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["a"] = "b" } };

        OwnLabel.Set(metadata);

        Assert.Equal("b", metadata.Labels["a"]);
        Assert.Matches("^[A-Za-z0-9][A-Za-z0-9_.-]{0,61}[A-Za-z0-9]$", metadata.Labels[OwnLabel.Key]);
    }

    [Fact]
    public void IsLeftover_OfARunningProcess_IsNot() => Assert.False(OwnLabel.IsLeftover(Made(OwnLabel.Value), Now));

    [Fact]
    public void IsLeftover_OfAProcessThatWas_Is()
    {
        var (machine, id) = (OwnLabel.Value.Split('.')[0], OwnLabel.Value.Split('.')[1]);

        // The id is in use again, by a process that started at another time.
        Assert.True(OwnLabel.IsLeftover(Made($"{machine}.{id}.17"), Now));
        Assert.True(OwnLabel.IsLeftover(Made($"{machine}.{int.MaxValue}.17"), Now));
    }

    [Fact]
    public void IsLeftover_OfAnotherMachine_IsAfterTwoHours()
    {
        Assert.False(OwnLabel.IsLeftover(Made("mfarm.12.17"), Now));
        Assert.True(OwnLabel.IsLeftover(Made("mfarm.12.17"), Now.AddHours(3)));
    }

    [Fact]
    public void IsLeftover_WithoutTheLabelOrDeletedAlready_IsNot()
    {
        Assert.False(OwnLabel.IsLeftover(new V1ObjectMeta(), Now));
        Assert.False(OwnLabel.IsLeftover(Made("mfarm.12.17") with { DeletionTimestamp = Now.UtcDateTime }, Now.AddHours(3)));
    }

    private static V1ObjectMeta Made(string value) =>
        new() { CreationTimestamp = Now.UtcDateTime, Labels = new Dictionary<string, string> { [OwnLabel.Key] = value } };
}
