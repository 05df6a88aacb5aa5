namespace AdmissionSdk.Testing.Rules.Versions;

/// <summary>The rules of the contract that not every version of kube-apiserver follows, for one version. The other rules hold from 1.20 on.</summary>
internal sealed class ServerBehaviour(Version version)
{
    /// <summary>The oldest version that is modelled.</summary>
    public static readonly Version Oldest = new(1, 20);

    /// <summary>The newest version that is modelled.</summary>
    public static readonly Version Newest = new(1, 37);

    public Version Version { get; } = Check(version);

    /// <summary>True if every namespace has the label <c>kubernetes.io/metadata.name</c> (contract 2.6).</summary>
    public bool LabelsNamespaces => Since(21);

    /// <summary>True if a write has 34 s whatever the user's timeout is; older servers take the user's timeout as it is (contract 8.1).</summary>
    public bool CutsUserTimeout => Since(21);

    /// <summary>True if the message of a failed call says in which step the call failed (contract 11).</summary>
    public bool NamesFailedStep => Since(22);

    /// <summary>True if a request whose user's deadline passes ends in the timeout filter (contract 8.3).</summary>
    public bool EndsInTimeoutFilter => Since(22);

    /// <summary>True if failing open leaves an audit annotation (contract 17.3).</summary>
    public bool NotesFailingOpen => Since(22);

    /// <summary>The version in which an Eviction reaches webhooks (contract section 5).</summary>
    public string EvictionVersion => Since(22) ? "policy/v1" : "policy/v1beta1";

    /// <summary>True if the refusal of unknown fields in an apply names the object (contract 1.2).</summary>
    public bool NamesAppliedObject => Since(23);

    /// <summary>True if the namespace of the URL is in the object of a POST or PUT before mutation; else only after mutation (contract 4.9).</summary>
    public bool SetsNamespaceFirst => Since(24);

    /// <summary>True if a TokenRequest has the ServiceAccount's name when it is validated (contract section 5).</summary>
    public bool NamesTokenRequests => Since(24);

    /// <summary>True if the server reports unknown fields as fieldValidation asks, and passes fieldValidation on (contract 1.2).</summary>
    public bool KnowsFieldValidation => Since(25);

    /// <summary>True if webhooks have match conditions; older servers drop the field without a word (contract 3).</summary>
    public bool KnowsMatchConditions => Since(28);

    /// <summary>True if failurePolicy covers an undecodable patch; else such a patch always fails the request (contract 11).</summary>
    public bool UndecodablePatchFailsCall => Since(34);

    /// <summary>True if a TokenRequest has the ServiceAccount's uid when it is validated (contract section 5).</summary>
    public bool IdentifiesTokenRequests => Since(34);

    /// <summary>True if reviews of access and identity never reach a webhook (contract 1.6).</summary>
    public bool ExcludesVirtualResources => Since(37);

    /// <summary>True if an UPDATE in a namespace that is gone is admitted (contract 2.5).</summary>
    public bool UpdatesWithoutNamespace => Since(37);

    /// <summary>Tells whether the server serves something that came with a minor version of Kubernetes 1.</summary>
    public bool Since(int minor) => Version >= new Version(1, minor);

    /// <exception cref="ArgumentOutOfRangeException">The version is not modelled.</exception>
    public static Version Check(Version version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version >= Oldest && version < new Version(1, Newest.Minor + 1)
            ? version
            : throw new ArgumentOutOfRangeException(nameof(version), version, $"KubernetesVersion is {version}; the simulated API server knows {Oldest} to {Newest}: set one of these.");
    }
}
