namespace ImageRegistryWebhook.Images;

/// <summary>The image that Istio's injector replaces with its own. In any other container <c>auto</c> is an image of Docker Hub.</summary>
internal static class IstioPlaceholder
{
    public static bool Is(string? container, string image) => container == "istio-proxy" && image == "auto";
}
