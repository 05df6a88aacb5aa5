namespace AdmissionSdk;

/// <summary>The operations that a handler is registered for.</summary>
[Flags]
public enum Operations
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>CREATE.</summary>
    Create = 1,

    /// <summary>UPDATE.</summary>
    Update = 2,

    /// <summary>DELETE.</summary>
    Delete = 4,

    /// <summary>CONNECT.</summary>
    Connect = 8,

    /// <summary>All four.</summary>
    All = Create | Update | Delete | Connect,
}
