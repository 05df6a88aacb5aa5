namespace AdmissionSdk.Patching.Direct;

/// <summary>The kinds of value that a view is made of, by how an edit of the value shows.</summary>
internal enum PlanKind
{
    /// <summary>A value that cannot change in place: a string, a number, a time.</summary>
    Plain,

    /// <summary>A <c>k8s.Models.IntOrString</c> or <c>ResourceQuantity</c>: a text in an object that can be edited.</summary>
    Text,

    /// <summary>A byte array.</summary>
    Bytes,

    /// <summary>An object whose members hold what was read.</summary>
    Object,

    /// <summary>A list that holds what was read, in that order.</summary>
    List,

    /// <summary>A map from strings that holds what was read.</summary>
    Map,

    /// <summary>A <see cref="System.Text.Json.Nodes.JsonNode"/>.</summary>
    Node,

    /// <summary>Anything else: nobody but the serializer knows what an edit of the value does.</summary>
    Unknown,
}
