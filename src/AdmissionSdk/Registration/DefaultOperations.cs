using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>The operations of a handler that does not set its own: never DELETE, and CONNECT only for types that exist nowhere else.</summary>
internal static class DefaultOperations
{
    public static Operations Mutator<T>() => IsConnectOnly(typeof(T)) ? Operations.Connect : Operations.Create;

    public static Operations Validator<T>() =>
        IsConnectOnly(typeof(T)) ? Operations.Connect : Operations.Create | Operations.Update;

    // The objects of exec, attach, port-forward and proxy have no other operation (contract section 5).
    private static bool IsConnectOnly(Type objectType) => KnownResources.TryGet(objectType) is { SubResource.Length: > 0 };
}
