using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Fields;

/// <summary>A field of a model, from an expression such as <c>pod => pod.Spec.Containers[0].Image</c>. Read, never compiled, so it works under NativeAOT.</summary>
internal sealed class FieldPath
{
    private readonly IReadOnlyList<FieldSegment> _segments;

    private FieldPath(IReadOnlyList<FieldSegment> segments, ICustomAttributeProvider? field = null)
    {
        _segments = segments;
        Field = field;
    }

    /// <summary>The member of the model that the path ends in, where there is one.</summary>
    public ICustomAttributeProvider? Field { get; }

    public IReadOnlyList<FieldSegment> Segments => _segments;

    /// <summary>A path from an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="options">How the types in it are written; without them, names are what attributes and camel case make of them.</param>
    /// <exception cref="ArgumentException">The expression is more than members and indices, or a member is none in JSON.</exception>
    public static FieldPath From(LambdaExpression expression, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(expression);
        List<FieldSegment> segments = [];
        for (var node = expression.Body; node is not ParameterExpression; node = Enter(node, segments, expression, options))
        {
        }

        segments.Reverse();
        return new FieldPath(segments, (Bare(expression.Body) as MemberExpression)?.Member);
    }

    /// <summary>A path from a JSON Pointer; the model tells, as far as it goes, which steps go into lists and which into maps.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public static FieldPath FromPointer(string pointer, JsonTypeInfo model)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        var names = JsonPointer.TryParse(pointer)
            ?? throw new ArgumentException($"\"{pointer}\" is not a JSON Pointer: it starts with '/', and '~' and '/' in names are written ~0 and ~1.", nameof(pointer));
        var segments = new FieldSegment[names.Length];
        ICustomAttributeProvider? field = null;
        var at = model;
        for (var i = 0; i < names.Length; i++)
        {
            var property = at?.Kind == JsonTypeInfoKind.Object ? at.Properties.FirstOrDefault(property => property.Name == names[i]) : null;
            (segments[i], var next) = at?.Kind switch
            {
                JsonTypeInfoKind.Object when property is not null => (new FieldSegment(names[i], FieldSegmentKind.Member), property.PropertyType),
                JsonTypeInfoKind.Enumerable => (new FieldSegment(names[i], FieldSegmentKind.Index), at.ElementType),
                JsonTypeInfoKind.Dictionary => (new FieldSegment(names[i], FieldSegmentKind.Key), at.ElementType),
                _ => (new FieldSegment(names[i], FieldSegmentKind.Unknown), null),
            };
            field = property?.AttributeProvider;
            at = next is not null && property?.CustomConverter is null && model.Options.TryGetTypeInfo(next, out var info) ? info : null;
        }

        return new FieldPath(segments, field);
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
    private static Expression Enter(Expression node, List<FieldSegment> segments, LambdaExpression whole, JsonSerializerOptions? options)
    {
        switch (node)
        {
            case UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert:
                return convert.Operand;
            case MemberExpression { Expression: { } target, Member: PropertyInfo { Name: "Value" } } when Nullable.GetUnderlyingType(target.Type) is not null:
                return target;
            case MemberExpression { Expression: { } target } member:
                segments.Add(new FieldSegment(MemberName(member, target, whole, options), FieldSegmentKind.Member));
                return target;
            case BinaryExpression { NodeType: ExpressionType.ArrayIndex } index:
                segments.Add(IndexSegment(index.Right, index.Left, whole, options));
                return index.Left;
            case MethodCallExpression { Method.Name: "get_Item", Object: { } target, Arguments: [var argument] }:
                segments.Add(IndexSegment(argument, target, whole, options));
                return target;
            case MethodCallExpression { Method: { Name: "ElementAt", DeclaringType: var type }, Arguments: [var target, var argument] } when type == typeof(Enumerable):
                segments.Add(IndexSegment(argument, target, whole, options));
                return target;
            default:
                throw new ArgumentException($"\"{whole}\" is not a path: use members, and indices or keys in square brackets.", nameof(node));
        }
    }

    private static string MemberName(MemberExpression member, Expression target, LambdaExpression whole, JsonSerializerOptions? options)
    {
        if (options is null)
        {
            return JsonName(member.Member);
        }

        // A cast to an interface hides the type that is written.
        var type = Bare(target).Type is var bare && member.Member.DeclaringType!.IsAssignableFrom(bare) ? bare : target.Type;
        if (!options.TryGetTypeInfo(type, out var info))
        {
            return JsonName(member.Member);
        }

        var isWritten = WrittenProperty(target, options)?.CustomConverter is null;
        return isWritten && Property(info, member.Member) is { IsExtensionData: false } property
            ? property.Name
            : throw new ArgumentException(
                $"\"{member.Member.Name}\" in \"{whole}\" is no member of {type.Name} in JSON: it is computed, ignored, or part of a plain value.", nameof(member));
    }

    private static FieldSegment IndexSegment(Expression argument, Expression target, LambdaExpression whole, JsonSerializerOptions? options)
    {
        var value = Evaluate(argument, whole);
        var kind = options is not null && options.TryGetTypeInfo(Bare(target).Type, out var info) ? info.Kind : JsonTypeInfoKind.None;
        return value switch
        {
            _ when kind == JsonTypeInfoKind.Object => throw new ArgumentException($"An indexer in \"{whole}\" is no list or map in JSON.", nameof(argument)),
            string key => new FieldSegment(key, FieldSegmentKind.Key),
            not null when kind == JsonTypeInfoKind.Dictionary =>
                new FieldSegment(Convert.ToString(value, CultureInfo.InvariantCulture)!, FieldSegmentKind.Key),

            // Also what the compiler converts to an int: a short, an enum.
            IConvertible number when number.ToInt64(CultureInfo.InvariantCulture) is >= 0 and var index =>
                new FieldSegment(index.ToString(CultureInfo.InvariantCulture), FieldSegmentKind.Index),
            _ => throw new ArgumentException($"\"{value}\" in \"{whole}\" is neither an index from 0 nor a key.", nameof(argument)),
        };
    }

    private static Expression Bare(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } convert
            ? Bare(convert.Operand)
            : expression;

    /// <summary>The property that an expression reads, as it is written; null where it reads none.</summary>
    private static JsonPropertyInfo? WrittenProperty(Expression expression, JsonSerializerOptions options) =>
        Bare(expression) is MemberExpression { Expression: { } target } member && options.TryGetTypeInfo(Bare(target).Type, out var info)
            ? Property(info, member.Member)
            : null;

    // By name: an interface's member is another than the class's. Metadata that was generated by older compilers does not say which member it is of.
    private static JsonPropertyInfo? Property(JsonTypeInfo info, MemberInfo member)
    {
        foreach (var property in info.Properties)
        {
            if (property.AttributeProvider is MemberInfo known ? known.Name == member.Name : property.Name == JsonName(member))
            {
                return property;
            }
        }

        return null;
    }

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
