using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Patching;

/// <summary>A field of a model, from an expression such as <c>pod => pod.Spec.Containers[0].Image</c>. Read, never compiled, so it works under NativeAOT.</summary>
internal sealed class FieldPath
{
    private readonly IReadOnlyList<FieldSegment> _segments;

    private FieldPath(IReadOnlyList<FieldSegment> segments) => _segments = segments;

    public IReadOnlyList<FieldSegment> Segments => _segments;

    /// <exception cref="ArgumentException">The expression is more than members and indices.</exception>
    public static FieldPath From(LambdaExpression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        List<FieldSegment> segments = [];
        for (var node = expression.Body; node is not ParameterExpression; node = Enter(node, segments, expression))
        {
        }

        segments.Reverse();
        return new FieldPath(segments);
    }

    /// <summary>A path from a JSON Pointer.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static FieldPath FromPointer(string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        var segments = JsonPointer.TryParse(pointer)
            ?? throw new ArgumentException($"\"{pointer}\" is not a JSON Pointer: it starts with '/', and '~' and '/' in names are written ~0 and ~1.", nameof(pointer));
        return new FieldPath([.. segments.Select(segment => new FieldSegment(segment, FieldSegmentKind.Unknown))]);
    }

    public FieldPath Member(string name) => new([.. _segments, new FieldSegment(name, FieldSegmentKind.Key)]);

    /// <summary>As a JSON Pointer: <c>/spec/containers/0/image</c>.</summary>
    public string ToPointer() => string.Concat(_segments.Select(segment => "/" + JsonPointer.Escape(segment.Name)));

    /// <summary>As Kubernetes writes it: <c>spec.containers[0].image</c>, <c>metadata.annotations[example.com/a]</c>.</summary>
    public string ToFieldString()
    {
        var text = new StringBuilder();
        foreach (var segment in _segments)
        {
            if (segment.Kind == FieldSegmentKind.Member)
            {
                text.Append(text.Length == 0 ? "" : ".").Append(segment.Name);
            }
            else
            {
                text.Append('[').Append(segment.Name).Append(']');
            }
        }

        return text.ToString();
    }

    /// <summary>Adds the outermost step of an expression, and returns what it is a step from.</summary>
    private static Expression Enter(Expression node, List<FieldSegment> segments, LambdaExpression whole)
    {
        switch (node)
        {
            case UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert:
                return convert.Operand;
            case MemberExpression { Expression: { } target, Member: PropertyInfo { Name: "Value" } } when Nullable.GetUnderlyingType(target.Type) is not null:
                return target;
            case MemberExpression { Expression: { } target } member:
                segments.Add(new FieldSegment(JsonName(member.Member), FieldSegmentKind.Member));
                return target;
            case BinaryExpression { NodeType: ExpressionType.ArrayIndex } index:
                segments.Add(IndexSegment(index.Right, whole));
                return index.Left;
            case MethodCallExpression { Method.Name: "get_Item", Object: { } target, Arguments: [var argument] }:
                segments.Add(IndexSegment(argument, whole));
                return target;
            case MethodCallExpression { Method: { Name: "ElementAt", DeclaringType: var type }, Arguments: [var target, var argument] } when type == typeof(Enumerable):
                segments.Add(IndexSegment(argument, whole));
                return target;
            default:
                throw new ArgumentException($"\"{whole}\" is not a path: use members, and indices or keys in square brackets.", nameof(node));
        }
    }

    private static FieldSegment IndexSegment(Expression argument, LambdaExpression whole) => Evaluate(argument, whole) switch
    {
        string key => new FieldSegment(key, FieldSegmentKind.Key),
        int and >= 0 and var index => new FieldSegment(index.ToString(CultureInfo.InvariantCulture), FieldSegmentKind.Index),
        var other => throw new ArgumentException($"\"{other}\" in \"{whole}\" is neither an index from 0 nor a key.", nameof(argument)),
    };

    private static object? Evaluate(Expression expression, LambdaExpression whole) => expression switch
    {
        ConstantExpression constant => constant.Value,
        UnaryExpression { NodeType: ExpressionType.Convert } convert => Evaluate(convert.Operand, whole),
        MemberExpression { Member: FieldInfo field, Expression: var target } => field.GetValue(target is null ? null : Evaluate(target, whole)),
        MemberExpression { Member: PropertyInfo property, Expression: var target } => property.GetValue(target is null ? null : Evaluate(target, whole)),
        _ => throw new ArgumentException($"An index in \"{whole}\" is computed: put it in a variable first.", nameof(expression)),
    };

    private static string JsonName(MemberInfo member) =>
        member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name);
}
