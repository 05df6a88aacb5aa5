using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>A step as an HTTP request.</summary>
internal static class RealRequest
{
    public static HttpRequestMessage Create(Uri server, Step step, string @namespace)
    {
        var request = Create(step, @namespace, Query(step));
        request.RequestUri = new Uri(server, request.RequestUri!.OriginalString);
        request.Version = HttpVersion.Version11;
        if (step.As is { } user)
        {
            request.Headers.Add("Impersonate-User", user.User);
            request.Headers.Add("Impersonate-Group", user.Groups);
            foreach (var (key, values) in user.Extra)
            {
                request.Headers.Add($"Impersonate-Extra-{key}", values);
            }
        }

        return request;
    }

    private static HttpRequestMessage Create(Step step, string @namespace, string query)
    {
        var collection = step.Kind.Path(@namespace);
        var item = $"{collection}/{step.Name}" + (step.Subresource.Length > 0 ? $"/{step.Subresource}" : "");
        return step.Verb switch
        {
            Verb.Create => Request(HttpMethod.Post, (step.Subresource.Length > 0 ? item : collection) + query, step.Body, "application/json"),
            Verb.Update => Request(HttpMethod.Put, item + query, step.Body, "application/json"),
            Verb.MergePatch => Request(HttpMethod.Patch, item + query, step.Body, "application/merge-patch+json"),
            Verb.JsonPatch => Request(HttpMethod.Patch, item + query, step.Body, "application/json-patch+json"),
            Verb.Apply => Request(HttpMethod.Patch, $"{item}?fieldManager=agreement&force=true{query.Replace('?', '&')}", step.Body, "application/apply-patch+yaml"),
            Verb.Delete => Request(HttpMethod.Delete, item, DeleteOptions(step), "application/json"),
            Verb.DeleteCollection => Request(HttpMethod.Delete, collection, DeleteOptions(step), "application/json"),
            Verb.Connect => new(HttpMethod.Get, item + ConnectQuery(step.Body)),
            _ => new(HttpMethod.Get, item),
        };
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string body, string mediaType) =>
        new(method, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType)) };

    private static string Query(Step step)
    {
        var parameters = new List<string>();
        Add("dryRun", step.DryRun ? "All" : null);
        Add("timeout", step.TimeoutSeconds is { } seconds ? $"{seconds}s" : null);
        Add("fieldManager", step.FieldManager);
        Add("fieldValidation", step.FieldValidation);
        return parameters.Count == 0 ? "" : $"?{string.Join('&', parameters)}";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parameters.Add($"{name}={value}");
            }
        }
    }

    private static string ConnectQuery(string options)
    {
        var parameters = JsonNode.Parse(options)!.AsObject()
            .SelectMany(option => (option.Value as JsonArray ?? [option.Value!.DeepClone()]).Select(value => $"{option.Key}={Uri.EscapeDataString(value!.ToString())}"));
        return $"?{string.Join('&', parameters)}";
    }

    private static string DeleteOptions(Step step)
    {
        var options = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1" };
        if (step.GracePeriodSeconds is { } seconds)
        {
            options["gracePeriodSeconds"] = seconds;
        }

        if (step.PropagationPolicy is { } policy)
        {
            options["propagationPolicy"] = policy;
        }

        if (step.DryRun)
        {
            options["dryRun"] = new JsonArray("All");
        }

        return options.ToJsonString();
    }
}
