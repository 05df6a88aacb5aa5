using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Replay;

/// <summary>A member of a model that can hold an object.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Get">Reads it.</param>
/// <param name="TypeInfo">How its type is written; null where it has a converter of its own.</param>
/// <param name="Key">For a list: what tells its elements apart.</param>
internal readonly record struct ModelMember(string Name, Func<object, object?> Get, JsonTypeInfo? TypeInfo, ElementKey? Key);
