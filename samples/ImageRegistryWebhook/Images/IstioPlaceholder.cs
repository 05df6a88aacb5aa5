namespace ImageRegistryWebhook.Images;

/// <summary>What stands in a pod until Istio's injector puts its own image there. Anywhere else <c>auto</c> is an image of Docker Hub.</summary>
internal static class IstioPlaceholder
{
    public static bool Is(string? container, string image) => container == "istio-proxy" && image == "auto";
}
