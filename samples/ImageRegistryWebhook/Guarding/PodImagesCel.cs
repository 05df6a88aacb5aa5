namespace ImageRegistryWebhook.Guarding;

/// <summary>
/// Finds the images to judge, as <see cref="Admission.ReviewedImages"/> does: all of a created pod; of an updated pod only images that are new against the
/// stored pod and that the update can change. Each is a map: <c>k</c> is <c>c</c> for a container and <c>v</c> for a volume, <c>n</c> its name, <c>i</c> the image.
/// </summary>
internal static class PodImagesCel
{
    private const string Name = "?name.orValue('')";
    private const string Image = "?image.orValue('')";
    private const string Entry = "{'k': 'c', 'n': string(c." + Name + "), 'i': string(c." + Image + ")}";

    public const string Expression =
        "request.operation != 'UPDATE'\n"
        + "? " + Initial + "\n"
        + ": request.?subResource.orValue('') == 'ephemeralcontainers'\n"
        + "? " + Debuggers + "\n"
        + ": " + ChangedInit + "\n"
        + "  + " + Changed;

    private const string Initial =
        New + "initContainers" + OrNone + ".map(c, " + Entry + ")\n"
        + "  + " + New + "containers" + OrNone + ".map(c, " + Entry + ")\n"
        + "  + " + New + "ephemeralContainers" + OrNone + ".map(c, " + Entry + ")\n"
        + "  + " + New + "volumes" + OrNone + ".filter(v, has(v.image)).map(v, {'k': 'v', 'n': string(v." + Name + "), 'i': string(v.image.?reference.orValue(''))})";

    // Ephemeral containers that are there already cannot change.
    private const string Debuggers =
        New + "ephemeralContainers" + OrNone + ".filter(c, !(c." + Name + " in " + Old + "ephemeralContainers" + OrNone + ".map(o, o." + Name + "))).map(c, " + Entry + ")";

    // Equal lists first: an edit of labels costs nothing, however large the pod is.
    private const string ChangedInit = "(" + New + "initContainers == " + Old + "initContainers ? [] : " + New + "initContainers" + OrNone + ".filter(c, !" + Old + "initContainers" + OrNone + IsOld + ").map(c, " + Entry + "))";
    private const string Changed = "(" + New + "containers == " + Old + "containers ? [] : " + New + "containers" + OrNone + ".filter(c, !" + Old + "containers" + OrNone + IsOld + ").map(c, " + Entry + "))";

    private const string IsOld = ".exists(o, o." + Name + " == c." + Name + " && o." + Image + " == c." + Image + ")";
    private const string New = "object.?spec.?";
    private const string Old = "oldObject.?spec.?";
    private const string OrNone = ".orValue([])";
}
