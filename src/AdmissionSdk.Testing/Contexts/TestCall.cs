using System.Reflection;
using System.Text.Json;
using AdmissionSdk.Contexts;
using AdmissionSdk.Model;
using AdmissionSdk.Reviews;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Contexts;

/// <summary>Makes the call behind a context of a unit test: the review that would have brought the object.</summary>
internal static class TestCall
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = ReviewJson.MaxDepth };

    public static AdmissionCall Create<T>(T @object, TestContextOptions options)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(@object);
        if (options.OldObject is not (null or T))
        {
            throw new ArgumentException($"OldObject is a {options.OldObject.GetType().Name}, and the object is a {typeof(T).Name}.", nameof(options));
        }

        var json = options.Json ?? options.Services?.GetService<AdmissionJson>() ?? AdmissionJson.Default;
        var subject = json.SerializeToUtf8Bytes(@object);
        var isDelete = options.Operation == Operation.Delete;
        var kind = options.Kind ?? KindOf(typeof(T), subject);
        var known = KnownResources.TryGet(typeof(T));
        var resource = options.Resource ?? (known is null ? default : new(known.Group, known.Version, known.Resource));
        var subresource = options.Subresource.Length > 0 ? options.Subresource : known?.Subresource ?? "";
        var request = new AdmissionRequest
        {
            Uid = options.Uid,
            Operation = options.Operation,
            User = options.User,
            DryRun = options.DryRun,
            Kind = kind,
            RequestKind = kind,
            Resource = resource,
            RequestResource = resource,
            Subresource = subresource,
            RequestSubresource = subresource,
            Name = options.Name ?? ObjectPeek.MetadataName(subject),
            Namespace = options.Namespace ?? NamespaceOf(subject),
            Object = isDelete ? default : subject,
            OldObject = isDelete ? subject : options.OldObject is { } old ? json.SerializeToUtf8Bytes(old) : default,
            Options = options.Options is { } operationOptions ? json.SerializeToUtf8Bytes(operationOptions) : default,
        };
        return new AdmissionCall(request, options.Webhook, json, options.Services ?? NoServices.Instance);
    }

    private static GroupVersionKind KindOf(Type type, byte[] json)
    {
        if (type.GetCustomAttribute<KubernetesEntityAttribute>() is { } entity)
        {
            return new(entity.Group ?? "", entity.ApiVersion, entity.Kind);
        }

        var root = JsonElement.Parse(json, Deep);
        var apiVersion = Text(root, "apiVersion").Split('/');
        return new(apiVersion.Length == 2 ? apiVersion[0] : "", apiVersion[^1], Text(root, "kind"));
    }

    private static string NamespaceOf(byte[] json)
    {
        var root = JsonElement.Parse(json, Deep);
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("metadata", out var metadata) ? Text(metadata, "namespace") : "";
    }

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
