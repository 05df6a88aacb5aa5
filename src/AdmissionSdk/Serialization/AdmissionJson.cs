using System.Text.Json;
using AdmissionSdk.Serialization;

namespace AdmissionSdk;

/// <summary>
/// Kubernetes objects as JSON, the way handlers get them: KubernetesClient's names and models, but lenient where its converters throw (times with or
/// without fractions, numbers out of range, null for a value) and exact where they write what the API server refuses. For parts of a
/// <c>JsonObject</c> that a handler wants as a model, such as a pod template's <c>spec</c>, and for tests.
/// </summary>
/// <remarks>A model shows less than the JSON may hold: do not write one back over an object that somebody else wrote. <see cref="MutationContext{T}"/> keeps what its model does not know.</remarks>
public static class AdmissionJson
{
    /// <summary>Reads an object, or a part of one.</summary>
    /// <typeparam name="T">The model, such as <c>V1Pod</c> or <c>V1PodSpec</c>, or a class of your own.</typeparam>
    /// <param name="json">The JSON.</param>
    /// <returns>The model.</returns>
    /// <exception cref="JsonException">It is no JSON, is null, or does not fit the model; the message says where.</exception>
    public static T Deserialize<T>(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return (T?)JsonSerializer.Deserialize(json, ObjectJson.Default.GetTypeInfo(typeof(T))) ?? throw new JsonException("It is null.");
        }
        catch (Exception exception)
        {
            // Converters throw whatever the parsers behind them throw, and only the serializer knows where.
            var path = (exception as JsonException)?.Path;
            throw new JsonException($"The JSON cannot be read as {typeof(T).Name}{(path is null ? "" : $", at {path}")}: {exception.Message}", path, null, null, exception);
        }
    }

    /// <summary>Writes a model.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Its JSON, without members that are null and without those that are only computed.</returns>
    /// <exception cref="JsonException">The model holds what JSON cannot.</exception>
    public static string Serialize(object model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return JsonSerializer.Serialize(model, ObjectJson.Default.GetTypeInfo(model.GetType()));
    }
}
