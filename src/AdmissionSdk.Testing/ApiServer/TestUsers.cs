using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Makes clients for test users, grants the users rights, and waits until the API server's authorizer knows of the rights.</summary>
/// <param name="administrator">A client with every right.</param>
/// <param name="connect">Makes a client that acts as a user in groups.</param>
/// <param name="timeout">The longest wait for rights to take effect.</param>
/// <param name="cleanup">Deletes roles and bindings at the end.</param>
internal sealed class TestUsers(IKubernetes administrator, Func<string, IReadOnlyList<string>, IKubernetes> connect, TimeSpan timeout, Cleanup cleanup) : IDisposable
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    private readonly List<IKubernetes> _clients = [];

    public async Task<IKubernetes> CreateAsync(string name, IEnumerable<string>? groups, IEnumerable<V1PolicyRule>? rules, CancellationToken cancellationToken)
    {
        V1PolicyRule[] granted = [.. rules ?? []];
        var client = connect(name, [.. groups ?? []]);
        lock (_clients)
        {
            _clients.Add(client);
        }

        if (granted.Length > 0)
        {
            await GrantAsync(name, granted, cancellationToken);
            await WaitUntilGrantedAsync(client, name, granted, cancellationToken);
        }

        return client;
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _clients.Clear();
    }

    /// <summary>Binds the user to a new cluster role with the rules.</summary>
    private async Task GrantAsync(string user, IList<V1PolicyRule> rules, CancellationToken cancellationToken)
    {
        var role = new V1ClusterRole { Metadata = new V1ObjectMeta { GenerateName = "admission-sdk-test-" }, Rules = rules };
        OwnLabel.Set(role.Metadata);
        var name = (await administrator.RbacAuthorizationV1.CreateClusterRoleAsync(role, cancellationToken: cancellationToken)).Metadata.Name;
        cleanup.Add(token => administrator.RbacAuthorizationV1.DeleteClusterRoleAsync(name, cancellationToken: token));

        var binding = new V1ClusterRoleBinding
        {
            Metadata = new V1ObjectMeta { Name = name },
            RoleRef = new V1RoleRef { ApiGroup = RbacGroup, Kind = "ClusterRole", Name = name },
            Subjects = [new Rbacv1Subject { ApiGroup = RbacGroup, Kind = "User", Name = user }],
        };
        OwnLabel.Set(binding.Metadata);
        await administrator.RbacAuthorizationV1.CreateClusterRoleBindingAsync(binding, cancellationToken: cancellationToken);
        cleanup.Add(token => administrator.RbacAuthorizationV1.DeleteClusterRoleBindingAsync(name, cancellationToken: token));
    }

    /// <summary>Waits until the user has the first right of each rule.</summary>
    private async Task WaitUntilGrantedAsync(IKubernetes asUser, string user, IEnumerable<V1PolicyRule> rules, CancellationToken cancellationToken)
    {
        foreach (var question in rules.Select(Question))
        {
            await Polling.UntilAsync(
                async token =>
                {
                    var review = new V1SelfSubjectAccessReview { Spec = question };
                    var response = await asUser.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(review, cancellationToken: token);
                    return response.Status.Allowed ? null : response.Status.Reason ?? "not allowed";
                },
                timeout,
                seen => $"User '{user}' did not get the rights granted to it: {seen}.",
                cancellationToken);
        }
    }

    private static V1SelfSubjectAccessReviewSpec Question(V1PolicyRule rule)
    {
        var verb = rule.Verbs[0];
        if (rule.NonResourceURLs is [var url, ..])
        {
            return new V1SelfSubjectAccessReviewSpec { NonResourceAttributes = new V1NonResourceAttributes { Path = url, Verb = verb } };
        }

        var resource = rule.Resources[0].Split('/', 2);
        return new V1SelfSubjectAccessReviewSpec
        {
            ResourceAttributes = new V1ResourceAttributes
            {
                Group = rule.ApiGroups[0],
                Resource = resource[0],
                Subresource = resource.ElementAtOrDefault(1),
                Name = rule.ResourceNames?.FirstOrDefault(),
                Verb = verb,
            },
        };
    }
}
