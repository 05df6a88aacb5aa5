using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk;

/// <summary>
/// Reads and writes Kubernetes objects as JSON, the way handlers get them: KubernetesClient's names and models, but lenient where its converters throw
/// (times with or without fractions, numbers out of range, null for a value) and exact where they write what the API server refuses. For parts of a
/// <c>JsonObject</c> that a handler wants as a model, such as a pod template's <c>spec</c>, and for tests.
/// </summary>
/// <remarks>
/// Take the application's own from dependency injection: it knows <see cref="AdmissionWebhookOptions.JsonTypeInfoResolver"/> and
/// <see cref="AdmissionWebhookOptions.MaxObjectDepth"/>. A model shows less than the JSON may hold: do not write a model back over an object that somebody
/// else wrote. <see cref="MutationContext{T}"/> keeps what its model does not know.
/// </remarks>
public sealed class AdmissionJson
{
    internal AdmissionJson(JsonSerializerOptions options) => Options = options;

    /// <summary>The reader and writer with default options, for code that has no application, such as tests.</summary>
    public static AdmissionJson Default { get; } = new(Serialization.ObjectJson.Default);

    internal JsonSerializerOptions Options { get; }

    /// <summary>Reads an object, or a part of one.</summary>
    /// <typeparam name="T">The model, such as <c>V1Pod</c> or <c>V1PodSpec</c>, or a class of your own.</typeparam>
    /// <param name="json">The JSON.</param>
    /// <returns>The model.</returns>
    /// <exception cref="JsonException">The text is not JSON, is null, or does not fit the model; the message says where.</exception>
    public T Deserialize<T>(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Deserialize<T>(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads an object, or a part of one.</summary>
    /// <typeparam name="T">The model, such as <c>V1Pod</c> or <c>V1PodSpec</c>, or a class of your own.</typeparam>
    /// <param name="utf8Json">The JSON as UTF-8.</param>
    /// <returns>The model.</returns>
    /// <exception cref="JsonException">The text is not JSON, is null, or does not fit the model; the message says where.</exception>
    public T Deserialize<T>(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8Json, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T))) ?? throw new JsonException("It is null.");
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
    public string Serialize(object model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return JsonSerializer.Serialize(model, Options.GetTypeInfo(model.GetType()));
    }

    /// <summary>Writes a model as UTF-8.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Its JSON, without members that are null and without those that are only computed.</returns>
    /// <exception cref="JsonException">The model holds what JSON cannot.</exception>
    public byte[] SerializeToUtf8Bytes(object model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return JsonSerializer.SerializeToUtf8Bytes(model, Options.GetTypeInfo(model.GetType()));
    }
}
