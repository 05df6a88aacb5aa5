using System.Text.Json;

namespace AdmissionSdk.Reviews;

/// <summary>Reads the <c>request</c> member of a review.</summary>
internal ref struct AdmissionRequestReader
{
    // The API server's has 36 characters (contract 4.4). A uid is echoed in responses, traces and log lines, so nobody may choose how long those get.
    private const int MaxUidLength = 253;
    private static readonly GroupVersionKind NoKind = new("", "", "");
    private static readonly GroupVersionResource NoResource = new("", "", "");

    private readonly ReadOnlyMemory<byte> _json;
    private string? _uid, _name, _namespace, _operation, _subresource, _requestSubresource;
    private GroupVersionKind? _kind, _requestKind;
    private GroupVersionResource? _resource, _requestResource;
    private UserInfo _user = UserInfo.Unknown;
    private bool _dryRun;
    private ReadOnlyMemory<byte> _object, _oldObject, _options;

    private AdmissionRequestReader(ReadOnlyMemory<byte> json) => _json = json;

    /// <exception cref="ReviewReadException">The request cannot be answered.</exception>
    public static AdmissionRequest Read(ReadOnlyMemory<byte> json, ReviewVersion version)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = ReviewJson.MaxDepth });
        if (!ReviewJson.TryEnter(ref reader, JsonTokenType.StartObject))
        {
            throw new ReviewReadException("the AdmissionReview's request is not a JSON object");
        }

        var request = new AdmissionRequestReader(json);
        while (ReviewJson.ReadName(ref reader) is { } name)
        {
            request.ReadMember(ref reader, name);
        }

        return request.Build(version);
    }

    private void ReadMember(ref Utf8JsonReader reader, string name)
    {
        switch (name)
        {
            case "uid": _uid = ReviewJson.ReadString(ref reader); break;
            case "kind": _kind = ReadKind(ref reader, name); break;
            case "resource": _resource = ReadResource(ref reader, name); break;
            case "subResource": _subresource = ReviewJson.ReadString(ref reader); break;
            case "requestKind": _requestKind = ReadKind(ref reader, name); break;
            case "requestResource": _requestResource = ReadResource(ref reader, name); break;
            case "requestSubResource": _requestSubresource = ReviewJson.ReadString(ref reader); break;
            case "name": _name = ReviewJson.ReadString(ref reader); break;
            case "namespace": _namespace = ReviewJson.ReadString(ref reader); break;
            case "operation": _operation = ReviewJson.ReadString(ref reader); break;
            case "userInfo": _user = UserInfoReader.Read(ref reader); break;
            case "dryRun": _dryRun = reader.Read() && reader.TokenType != JsonTokenType.Null && reader.GetBoolean(); break;
            case "object": _object = ReadObject(ref reader, name); break;
            case "oldObject": _oldObject = ReadObject(ref reader, name); break;
            case "options": _options = ReadObject(ref reader, name); break;
            default: reader.Skip(); break;
        }
    }

    private readonly AdmissionRequest Build(ReviewVersion version) => new()
    {
        Version = version,
        Uid = CheckUid(),
        Kind = _kind ?? NoKind,
        Resource = _resource ?? NoResource,
        Subresource = _subresource ?? "",
        // Absent in reviews that were recorded from old servers or written by hand: no conversion took place.
        RequestKind = _requestKind ?? _kind ?? NoKind,
        RequestResource = _requestResource ?? _resource ?? NoResource,
        RequestSubresource = _requestSubresource ?? _subresource ?? "",
        Name = ResolveName(),
        Namespace = _namespace ?? "",
        Operation = new Operation(_operation ?? ""),
        User = _user,
        DryRun = _dryRun,
        Object = _object,
        OldObject = _oldObject,
        Options = _options,
    };

    private readonly string CheckUid() =>
        string.IsNullOrEmpty(_uid) ? throw new ReviewReadException("the AdmissionReview's request has no uid, so no answer to it would be accepted")
        : _uid.Length > MaxUidLength ? throw new ReviewReadException($"the AdmissionReview's request.uid is longer than {MaxUidLength} characters")
        : _uid;

    private readonly string ResolveName()
    {
        if (!string.IsNullOrEmpty(_name))
        {
            return _name;
        }

        var name = ObjectPeek.MetadataName(_object.Span);
        return name.Length > 0 ? name : ObjectPeek.MetadataName(_oldObject.Span);
    }

    private readonly ReadOnlyMemory<byte> ReadObject(ref Utf8JsonReader reader, string member)
    {
        var slice = ReviewJson.ReadSlice(ref reader, _json);
        return slice.IsEmpty || slice.Span[0] == (byte)'{'
            ? slice
            : throw new ReviewReadException($"the AdmissionReview's request.{member} is neither a JSON object nor null");
    }

    private static GroupVersionKind? ReadKind(ref Utf8JsonReader reader, string member) =>
        ReadTriple(ref reader, member, "kind") is var (group, version, kind) ? new(group, version, kind) : null;

    private static GroupVersionResource? ReadResource(ref Utf8JsonReader reader, string member) =>
        ReadTriple(ref reader, member, "resource") is var (group, version, resource) ? new(group, version, resource) : null;

    /// <summary>Reads an object of three strings; null when it is null.</summary>
    private static (string Group, string Version, string Last)? ReadTriple(ref Utf8JsonReader reader, string member, string lastMember)
    {
        if (!ReviewJson.TryEnter(ref reader, JsonTokenType.StartObject))
        {
            return reader.TokenType == JsonTokenType.Null ? null : throw new ReviewReadException($"the AdmissionReview's request.{member} is not a JSON object");
        }

        string? group = null, version = null, last = null;
        while (ReviewJson.ReadName(ref reader) is { } name)
        {
            switch (name)
            {
                case "group": group = ReviewJson.ReadString(ref reader); break;
                case "version": version = ReviewJson.ReadString(ref reader); break;
                case var _ when name == lastMember: last = ReviewJson.ReadString(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return (group ?? "", version ?? "", last ?? "");
    }
}
