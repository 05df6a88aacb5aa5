using ImageRegistryWebhook.Admission;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Admission;

/// <remarks>Covers <see cref="PodImages"/>, <see cref="ImageField"/>.</remarks>
public sealed class PodImagesTests
{
    [Fact]
    public void Of_PodWithEveryList_FindsEveryImage()
    {
        var fields = PodImages.Of(Spec());

        Assert.Equal(
            ["spec.initContainers[0].image=init", "spec.containers[0].image=app", "spec.ephemeralContainers[0].image=debug", "spec.volumes[1].image.reference=data"],
            fields.Select(field => $"{field.Path}={field.Image}"));
    }

    [Fact]
    public void Of_EmptySpec_FindsNothing()
    {
        Assert.Empty(PodImages.Of(null));
        Assert.Empty(PodImages.Of(new V1PodSpec()));
        Assert.Empty(PodImages.Of(new V1PodSpec { Containers = [null!], Volumes = [null!] }));
    }

    [Fact]
    public void Set_AnyField_ChangesThePod()
    {
        var spec = Spec();

        foreach (var field in PodImages.Of(spec))
        {
            field.Set("new/" + field.Image);
        }

        Assert.Equal(["new/init", "new/app", "new/debug", "new/data"], PodImages.Of(spec).Select(field => field.Image));
    }

    [Fact]
    public void NewOf_NothingChanged_FindsNothing() => Assert.Empty(PodImages.NewOf(Spec(), Spec()));

    [Fact]
    public void NewOf_ImageChanged_FindsThatContainer()
    {
        var spec = Spec();
        spec.Containers[0].Image = "other";

        Assert.Equal(["spec.containers[0].image"], PodImages.NewOf(spec, Spec()).Select(field => field.Path));
    }

    [Fact]
    public void NewOf_EphemeralContainers_FindsOnlyThoseAdded()
    {
        // Existing entries are immutable: changing one would make the update fail.
        var spec = Spec();
        spec.EphemeralContainers[0].Image = "cannot change";
        spec.EphemeralContainers.Add(new V1EphemeralContainer { Name = "second", Image = "debug:2" });

        Assert.Equal(["spec.ephemeralContainers[1].image"], PodImages.NewOf(spec, Spec()).Select(field => field.Path));
    }

    [Fact]
    public void NewOf_ImageVolumes_AreLeftAlone()
    {
        // An update cannot change a volume's reference.
        var spec = Spec();
        spec.Volumes[1].Image.Reference = "other";

        Assert.Empty(PodImages.NewOf(spec, Spec()));
    }

    private static V1PodSpec Spec() => new()
    {
        InitContainers = [new V1Container { Name = "init", Image = "init" }],
        Containers = [new V1Container { Name = "app", Image = "app" }],
        EphemeralContainers = [new V1EphemeralContainer { Name = "debug", Image = "debug" }],
        Volumes = [new V1Volume { Name = "tmp" }, new V1Volume { Name = "data", Image = new V1ImageVolumeSource { Reference = "data" } }],
    };
}
