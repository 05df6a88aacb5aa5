using System.Text.Json;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Reviews;

/// <summary>Reads the <c>request</c> member of a review.</summary>
internal ref struct AdmissionRequestReader
{
    // The API server's has 36 characters (contract 4.4). A uid is echoed in responses, traces and log lines, so nobody may choose how long those get.
    public const int MaxUidLength = 253;
    private static readonly GroupVersionKind NoKind = new("", "", "");
    private static readonly GroupVersionResource NoResource = new("", "", "");

    private readonly ReadOnlyMemory<byte> _body;
    private readonly JsonIndex _index;
    private string? _uid, _name, _namespace, _operation, _subresource, _requestSubresource;
    private GroupVersionKind? _kind, _requestKind;
    private GroupVersionResource? _resource, _requestResource;
    private UserInfo _user = UserInfo.Unknown;
    private bool _dryRun;
    private ReadOnlyMemory<byte> _object, _oldObject, _options;
    private int _objectStart, _oldObjectStart;

    private AdmissionRequestReader(ReadOnlyMemory<byte> body, JsonIndex index) => (_body, _index) = (body, index);

    /// <summary>Reads the request that starts at a place of the body.</summary>
    /// <exception cref="ReviewReadException">The request cannot be answered.</exception>
    public static AdmissionRequest Read(ReadOnlyMemory<byte> body, int start, JsonIndex index, ReviewVersion version)
    {
        if (body.Span[start] != (byte)'{')
        {
            throw new ReviewReadException("the AdmissionReview's request is not a JSON object");
        }

        var request = new AdmissionRequestReader(body, index);
        var members = new JsonMemberReader(body.Span, start, index);
        while (members.Read())
        {
            request.ReadMember(members);
        }

        return request.Build(version);
    }

    private void ReadMember(in JsonMemberReader member)
    {
        var reader = ReviewJson.Start(member.Value);
        switch (ReviewMembers.Find(member.Name))
        {
            case "uid": _uid = ReviewJson.ReadString(ref reader); break;
            case "kind": _kind = ReadKind(ref reader, "kind"); break;
            case "resource": _resource = ReadResource(ref reader, "resource"); break;
            case "subResource": _subresource = ReviewJson.ReadString(ref reader); break;
            case "requestKind": _requestKind = ReadKind(ref reader, "requestKind"); break;
            case "requestResource": _requestResource = ReadResource(ref reader, "requestResource"); break;
            case "requestSubResource": _requestSubresource = ReviewJson.ReadString(ref reader); break;
            case "name": _name = ReviewJson.ReadString(ref reader); break;
            case "namespace": _namespace = ReviewJson.ReadString(ref reader); break;
            case "operation": _operation = ReviewJson.ReadString(ref reader); break;
            case "userInfo": _user = UserInfoReader.Read(ref reader); break;
            case "dryRun": _dryRun = reader.Read() && reader.TokenType != JsonTokenType.Null && reader.GetBoolean(); break;
            case "object": (_object, _objectStart) = (ReadObject(member, "object"), member.Start); break;
            case "oldObject": (_oldObject, _oldObjectStart) = (ReadObject(member, "oldObject"), member.Start); break;
            case "options": _options = ReadObject(member, "options"); break;
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
        Index = _index,
        SubjectIndex = _object.IsEmpty && _oldObject.IsEmpty ? null : _index.From(_object.IsEmpty ? _oldObjectStart : _objectStart),
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

    private readonly ReadOnlyMemory<byte> ReadObject(in JsonMemberReader member, string name) => _body.Span[member.Start] switch
    {
        (byte)'n' => default,
        (byte)'{' => _body.Slice(member.Start, member.Length),
        _ => throw new ReviewReadException($"the AdmissionReview's request.{name} is neither a JSON object nor null"),
    };

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
