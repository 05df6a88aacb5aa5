namespace AdmissionSdk.Memory;

/// <summary>The numbers of objects, lists and values of a JSON text, counted once without reading the JSON. Brackets and commas inside texts count too: the numbers are upper bounds.</summary>
/// <param name="Objects">The objects, the empty ones included.</param>
/// <param name="EmptyObjects">The objects written <c>{}</c>.</param>
/// <param name="Lists">The lists, the empty ones included.</param>
/// <param name="EmptyLists">The lists written <c>[]</c>.</param>
/// <param name="Values">The elements and members that follow another one.</param>
internal readonly record struct JsonParts(int Objects, int EmptyObjects, int Lists, int EmptyLists, int Values)
{
    public int Containers => Objects + Lists;

    public int Empty => EmptyObjects + EmptyLists;

    public static JsonParts Count(ReadOnlySpan<byte> json) =>
        new(json.Count((byte)'{'), json.Count("{}"u8), json.Count((byte)'['), json.Count("[]"u8), json.Count((byte)','));
}
