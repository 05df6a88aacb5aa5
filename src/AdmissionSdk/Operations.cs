namespace AdmissionSdk;

/// <summary>The operations that a handler is registered for.</summary>
[Flags]
public enum Operations
{
    /// <summary>No operation.</summary>
    None = 0,

    /// <summary>CREATE.</summary>
    Create = 1,

    /// <summary>UPDATE.</summary>
    Update = 2,

    /// <summary>DELETE.</summary>
    Delete = 4,

    /// <summary>CONNECT.</summary>
    Connect = 8,

    /// <summary>Every operation, even one of a later Kubernetes version; <c>*</c> in rules.</summary>
    Any = Create | Update | Delete | Connect,
}
