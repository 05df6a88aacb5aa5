using AdmissionSdk.Testing.Hosting;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// A real API server for tests: etcd and kube-apiserver of their own on free ports of 127.0.0.1, gone with the fixture, or the
/// cluster of the current kubeconfig. A fixture is started once for many tests, which may use the fixture in parallel.
/// </summary>
/// <remarks>
/// <para>
/// The scheduler, the kubelet and controllers do not run. Pods stay pending, deleted namespaces stay
/// terminating, service accounts are not made (the ServiceAccount admission plugin is off, so pods need no account). Admission,
/// validation, storage, RBAC and watches are real. Every kube-apiserver from 1.20 to 1.37 works.
/// </para>
/// <para>
/// The programs end, and their directory is removed, when the fixture is disposed and also when the test process is killed. Leftovers of a killed
/// process in an existing cluster are deleted by the next fixture on the same machine, or on any machine two hours later.
/// </para>
/// </remarks>
public sealed class KubeApiServerFixture : IAsyncDisposable
{
    private static readonly Version LabelsNamespacesItself = new(1, 21);

    private readonly KubeApiServerOptions _options;
    private readonly LocalControlPlane? _plane;
    private readonly ApiServerCapabilities _capabilities;
    private readonly Cleanup _cleanup;
    private readonly TestUsers _users;
    private readonly TestNamespaces _namespaces;
    private readonly CrdInstaller _definitions;
    private readonly WebhookInstaller _webhooks;

    private KubeApiServerFixture(
        KubeApiServerOptions options, LocalControlPlane? plane, KubernetesClientConfiguration configuration, IKubernetes client, ApiServerCapabilities capabilities)
    {
        _options = options;
        _plane = plane;
        _capabilities = capabilities;
        Configuration = configuration;
        Client = client;
        var isShared = plane is null;
        _cleanup = new Cleanup(needed: isShared);
        _users = new TestUsers(client, Connect, options.Timeout, _cleanup);
        _namespaces = new TestNamespaces(client, setNameLabel: MustLabelNamespaces, setOwnLabel: isShared, _cleanup);
        _definitions = new CrdInstaller(client, replaceForeign: !isShared, options.Timeout, _cleanup);
        _webhooks = new WebhookInstaller(client, replaceLeftovers: isShared, options.Timeout, _cleanup);
    }

    /// <summary>A client with every right.</summary>
    public IKubernetes Client { get; }

    /// <summary>The configuration of <see cref="Client"/>, for other clients and tools.</summary>
    public KubernetesClientConfiguration Configuration { get; }

    /// <summary>The path of a kubeconfig file with the same rights, for kubectl and other programs; null for an existing cluster, which has a kubeconfig already.</summary>
    public string? KubeConfigPath => _plane?.KubeConfigPath;

    /// <summary>The API server's version, such as 1.36.1; a suffix such as <c>-rc.1</c> is left out.</summary>
    public Version Version => _capabilities.Version;

    /// <summary>
    /// Says why tests that need a real API server cannot run here, without starting a server, so that a test framework can report
    /// such tests as not run.
    /// </summary>
    /// <param name="minimumVersion">The oldest version that the test can use; null for any.</param>
    /// <returns>
    /// The reason, such as <c>needs kube-apiserver 1.25, this is 1.20.2</c>, or <see langword="null"/> when the tests can run. A
    /// setting that names the wrong place, or a cluster that cannot be reached, does not count: the tests run and fail.
    /// </returns>
    public static string? ReasonNotToRun(Version? minimumVersion = null) => ApiServerAvailability.ReasonNotToRun(minimumVersion);

    /// <summary>Starts the servers, or connects to the existing cluster, and waits until requests are served.</summary>
    /// <param name="options">The options of the start; null for the defaults, which the environment variables <c>KUBEBUILDER_ASSETS</c> and <c>USE_EXISTING_CLUSTER</c> give.</param>
    /// <param name="cancellationToken">Ends the start; what was started is stopped again.</param>
    /// <returns>The running fixture.</returns>
    /// <exception cref="KubeApiServerException">The programs are missing or ended, or did not become ready in time; with the last lines of their logs.</exception>
    public static async Task<KubeApiServerFixture> StartAsync(KubeApiServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new KubeApiServerOptions();
        var plane = options.UseExistingCluster ? null : await LocalControlPlane.StartAsync(options, cancellationToken);
        Kubernetes? client = null;
        try
        {
            var configuration = plane?.Administrator ?? ExistingCluster.Configuration(options.KubeConfigPath);
            client = new Kubernetes(configuration);
            var capabilities = await ApiServerCapabilities.ReadAsync(client, cancellationToken);
            var fixture = new KubeApiServerFixture(options, plane, configuration, client, capabilities);
            if (plane is null)
            {
                await Leftovers.SweepAsync(client, cancellationToken);
            }
            else if (fixture.MustLabelNamespaces)
            {
                await TestNamespaceLabels.SetOnAllAsync(client, cancellationToken);
            }

            return fixture;
        }
        catch
        {
            client?.Dispose();
            if (plane is not null)
            {
                await plane.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Tells whether the API server served an API when the fixture started, before any CRD of the tests.</summary>
    /// <param name="groupVersion">A group and version such as <c>policy/v1</c>; <c>v1</c> for the core group.</param>
    /// <param name="resource">A resource such as <c>poddisruptionbudgets</c>, or a subresource such as <c>pods/ephemeralcontainers</c>; null asks for the version only.</param>
    /// <returns>True if the API is served.</returns>
    public bool Serves(string groupVersion, string? resource = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(groupVersion);
        return _capabilities.Serves(groupVersion, resource);
    }

    /// <summary>
    /// Makes a client for another user: by a client certificate, in an existing cluster by impersonation. With rules, the user
    /// gets a cluster role, and the method returns when the API server grants the rights. Without rules, the user has the rights that RBAC
    /// gives to the user's groups.
    /// </summary>
    /// <param name="name">The user's name.</param>
    /// <param name="groups">The user's groups, to which the API server adds <c>system:authenticated</c>; null for none.</param>
    /// <param name="rules">The rights to grant; null to grant none.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A client that acts as the user. The fixture disposes the client.</returns>
    /// <exception cref="KubeApiServerException">The rights did not take effect in time.</exception>
    public Task<IKubernetes> CreateUserAsync(
        string name, IEnumerable<string>? groups = null, IEnumerable<V1PolicyRule>? rules = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _users.CreateAsync(name, groups, rules, cancellationToken);
    }

    /// <summary>
    /// Creates a namespace, so that tests that share the API server do not meet. On servers before 1.21 the method sets the label
    /// <c>kubernetes.io/metadata.name</c>, which newer servers set (see <see cref="KubeApiServerOptions.LabelNamespaces"/>).
    /// </summary>
    /// <param name="name">The name; null for a new, unique name.</param>
    /// <param name="labels">Further labels; null for none.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The name.</returns>
    public Task<string> CreateNamespaceAsync(
        string? name = null, IReadOnlyDictionary<string, string>? labels = null, CancellationToken cancellationToken = default) =>
        _namespaces.CreateAsync(name, labels, cancellationToken);

    /// <summary>
    /// Creates or replaces custom resource definitions, and waits until each definition is established and every served version responds.
    /// </summary>
    /// <param name="yaml">YAML documents of kind CustomResourceDefinition, <c>apiextensions.k8s.io/v1</c>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A task that ends when the resources can be used.</returns>
    /// <exception cref="ArgumentException">A document is of another kind.</exception>
    /// <exception cref="KubeApiServerException">
    /// A definition was not established in time; the message has the conditions. Or the definition was in an existing cluster before; the
    /// fixture does not replace other people's definitions.
    /// </exception>
    public Task ApplyCrdAsync(string yaml, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(yaml);
        return _definitions.ApplyAsync(yaml, cancellationToken);
    }

    /// <summary>
    /// Installs webhook configurations that point at a test's own host, and returns when the API server calls them.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The given objects are copied. In the copies every <c>clientConfig</c> becomes a URL: the path of its Service reference or
    /// URL under <paramref name="baseAddress"/>, with <paramref name="caBundle"/>. Rules, selectors, policies stay.
    /// </para>
    /// <para>
    /// First the method makes a TLS handshake with the host, trusting the bundle only. The API server then learns of the
    /// configurations through a watch, some time after the writes, and acknowledges nothing. So the method writes one
    /// more configuration of the same kind, a marker whose webhook has no host, and creates a small object with the marker's
    /// label as a dry run, again and again, until the dry run fails because of the marker: the watch keeps the order of writing, so
    /// the earlier configurations are in force too. The wait covers every webhook, also webhooks whose rules no test object
    /// could match. The webhooks under test are not called, except that a webhook whose rules name all of leases, configmaps and
    /// priorityclasses, as <c>*</c> does, may see dry runs of a Lease labelled <c>admission-sdk-test</c>. In a cluster with
    /// several API servers the wait covers only the server that responded.
    /// </para>
    /// </remarks>
    /// <param name="configurations">Objects of kind <see cref="V1MutatingWebhookConfiguration"/> and <see cref="V1ValidatingWebhookConfiguration"/>.</param>
    /// <param name="baseAddress">The address of the test host, such as <c>https://127.0.0.1:8443</c>. The API server must be able to reach the address.</param>
    /// <param name="caBundle">The certificates that the host's certificate is trusted by, as PEM.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A handle. Disposing the handle deletes the configurations and waits until the API server no longer calls their webhooks.</returns>
    /// <exception cref="ArgumentException">The list is empty, an object is not a webhook configuration, or the address is not https.</exception>
    /// <exception cref="KubeApiServerException">The host cannot be called with this bundle, or the configurations did not take effect in time.</exception>
    public Task<IAsyncDisposable> InstallAsync(
        IEnumerable<IKubernetesObject<V1ObjectMeta>> configurations, Uri baseAddress, byte[] caBundle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        ArgumentNullException.ThrowIfNull(baseAddress);
        ArgumentNullException.ThrowIfNull(caBundle);
        return _webhooks.InstallAsync(configurations, baseAddress, caBundle, cancellationToken);
    }

    /// <summary>Installs the webhook configurations in YAML, as the overload for objects does. Documents of another kind are passed over.</summary>
    /// <param name="yaml">YAML documents, for example everything that the host's own <c>manifests</c> command prints.</param>
    /// <param name="baseAddress">The address of the test host.</param>
    /// <param name="caBundle">The certificates that the host's certificate is trusted by, as PEM.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A handle. Disposing the handle deletes the configurations and waits until the API server no longer calls their webhooks.</returns>
    /// <exception cref="ArgumentException">The YAML holds no webhook configuration, or the address is not https.</exception>
    /// <exception cref="KubeApiServerException">The host cannot be called with this bundle, or the configurations did not take effect in time.</exception>
    public Task<IAsyncDisposable> InstallAsync(string yaml, Uri baseAddress, byte[] caBundle, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(yaml);
        return InstallAsync(ClusterWebhookConfigurations.Read(yaml), baseAddress, caBundle, cancellationToken);
    }

    /// <summary>Installs the generated webhook configurations of a running application, pointing at the application.</summary>
    /// <remarks>
    /// The application serves https by <c>AddAdmissionTls</c>; port 0 is a free port. The API server
    /// trusts the application's development certificate. Namespaces and selectors are as generated, so the webhooks do not see pods in kube-system.
    /// </remarks>
    /// <param name="app">The application, started.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A handle. Disposing the handle deletes the configurations and waits until the API server no longer calls their webhooks.</returns>
    /// <exception cref="InvalidOperationException">The application is not started, has no https address, or no certificate by <c>AddAdmissionTls</c>.</exception>
    /// <exception cref="KubeApiServerException">The application cannot be called, or the configurations did not take effect in time.</exception>
    public Task<IAsyncDisposable> InstallAsync(IHost app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        return InstallAsync(
            RegisteredWebhooks.Configurations(app.Services, Version), RegisteredWebhooks.Address(app.Services), RegisteredWebhooks.CaBundle(app.Services), cancellationToken);
    }

    /// <summary>
    /// Waits until the API server acts on every webhook configuration written so far, be it by <c>kubectl apply</c>, the application's own
    /// <c>apply</c>, a client. <see cref="InstallAsync(string, Uri, byte[], CancellationToken)"/> waits in the same way.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>A task that ends when all configurations, and all deletions, are in force.</returns>
    /// <exception cref="KubeApiServerException">The configurations did not take effect in time.</exception>
    public Task WaitForWebhooksAsync(CancellationToken cancellationToken = default) => _webhooks.WaitAsync(cancellationToken);

    /// <summary>Asks the API server about a match condition (contract 19.9), without a change: by the dry run of a webhook configuration.</summary>
    /// <param name="expression">The expression in CEL.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The API server's reason to refuse the expression, as <c>Invalid value: …</c>; null if the expression is accepted.</returns>
    /// <exception cref="KubeApiServerException">The API server is older than 1.28, or refused something else.</exception>
    public Task<string?> CheckMatchConditionAsync(string expression, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        return ExpressionProbe.FindProblemAsync(Client, Version, expression, cancellationToken);
    }

    /// <summary>The last 50 lines that etcd and kube-apiserver each have printed, for the message of a failed test.</summary>
    /// <returns>The lines, each with its program's name; empty for an existing cluster.</returns>
    public string ReadLog() => ReadLog(50);

    /// <summary>The end of what etcd and kube-apiserver have printed, for the message of a failed test.</summary>
    /// <param name="lines">The number of lines of each program.</param>
    /// <returns>The lines, each with its program's name; empty for an existing cluster.</returns>
    public string ReadLog(int lines) => _plane?.ReadLog(lines) ?? "";

    /// <summary>Stops the servers and removes their files. In an existing cluster, deletes what was made through the fixture.</summary>
    /// <returns>A task that ends when nothing is left.</returns>
    /// <exception cref="KubeApiServerException">Something in an existing cluster could not be deleted.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(_options.Timeout, TimeProvider.System);
            await _cleanup.RunAsync(deadline.Token);
        }
        finally
        {
            _users.Dispose();
            Client.Dispose();
            if (_plane is not null)
            {
                await _plane.DisposeAsync();
            }
        }
    }

    private bool MustLabelNamespaces => _options.LabelNamespaces && Version < LabelsNamespacesItself;

    private Kubernetes Connect(string user, IReadOnlyList<string> groups) => _plane is null
        ? new Kubernetes(Configuration, new ImpersonationHandler(user, groups))
        : new Kubernetes(_plane.ConfigurationFor(user, groups));
}
