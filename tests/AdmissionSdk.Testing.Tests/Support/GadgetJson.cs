using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Testing.Tests.Support;

/// <summary>Settings of an application in which a <see cref="Gadget"/>'s size is the JSON member <c>volume</c>, which nothing but the settings knows.</summary>
internal static class GadgetJson
{
    public const string Gadget = """{"apiVersion":"example.com/v1","kind":"Gadget","metadata":{"name":"g","namespace":"shop"},"volume":7}""";

    public static IJsonTypeInfoResolver Resolver { get; } = new DefaultJsonTypeInfoResolver { Modifiers = { Rename } };

    private static void Rename(JsonTypeInfo typeInfo)
    {
        if (typeInfo.Type == typeof(Gadget))
        {
            typeInfo.Properties.Single(property => property.Name == "size").Name = "volume";
        }
    }
}
