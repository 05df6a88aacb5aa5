using System.CommandLine;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.Configuration;
using AdmissionSdk.Manifests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>The options for the place of the application. An option wins over the configuration section <c>AdmissionWebhooks:Manifests</c>.</summary>
internal sealed class TargetOptions
{
    private readonly Option<string?> _app = new("--app") { Description = "The application's name, also for the Service and everything else. Default: the assembly's name in lower case.", HelpName = "NAME" };
    private readonly Option<string?> _namespace = new("--namespace") { Description = "The namespace of the application. Default: the application's name.", HelpName = "NAME" };
    private readonly Option<string?> _service = new("--service") { Description = "The Service that the API server calls. Default: the application's name.", HelpName = "NAME" };
    private readonly Option<int?> _port = new("--service-port") { Description = $"The Service's port. Default: {ManifestOptions.DefaultServicePort}.", HelpName = "PORT", CustomParser = OptionValue.ParseNumber };
    private readonly Option<Uri?> _url = new("--url")
    {
        Description = "The address to call in place of a Service.",
        HelpName = "URL",
        CustomParser = result =>
        {
            if (ManifestOptions.TryParseUrl(result.Tokens.Single().Value, out var url))
            {
                return url;
            }

            result.AddError($"--url is '{result.Tokens.Single().Value}': it must begin with https:// and a host.");
            return null;
        },
    };

    private readonly Option<CertificateSource?> _certificates = new("--certificates") { Description = "managed: the application makes and renews its certificates, and fills in the CA; certManager: cert-manager does; secret: the secret APP-tls holds the certificate, and --ca-file the CA (see `certificates`). Default: managed; secret with --ca-file; certManager with --inject-ca-from.", HelpName = "managed|certManager|secret", CustomParser = result => OptionValue.ParseWord<CertificateSource>(result) };
    private readonly Option<FileInfo?> _ca = new("--ca-file") { Description = "PEM certificates that the API server trusts for the webhook.", HelpName = "FILE" };
    private readonly Option<string?> _inject = new("--inject-ca-from") { Description = "The cert-manager Certificate whose CA cert-manager fills in.", HelpName = "NAMESPACE/NAME" };
    private readonly Option<Version?> _kubeVersion = new("--kube-version")
    {
        Description = $"The Kubernetes version of the cluster. Default: {ManifestOptions.NewestKubeVersion}.",
        HelpName = "VERSION",
        CustomParser = result =>
        {
            if (ManifestOptions.TryParseKubeVersion(result.Tokens.Single().Value, out var version))
            {
                return version;
            }

            result.AddError($"--kube-version is '{result.Tokens.Single().Value}': write the version as {ManifestOptions.NewestKubeVersion}, {ManifestOptions.OldestKubeVersion} or newer.");
            return null;
        },
    };

    private readonly Option<bool?> _guardPolicy = new("--guard-policy") { Description = "Also the guard policies of webhooks that have one: ValidatingAdmissionPolicies, which hold while the webhook is down (Kubernetes 1.30 and newer). Default: true, unless AdmissionWebhooks:Manifests:GuardPolicies is false.", HelpName = "true|false", Arity = ArgumentArity.ZeroOrOne };

    public void AddTo(Command command)
    {
        AddPlaceTo(command);
        foreach (var option in new Option[] { _port, _certificates, _ca, _inject, _kubeVersion, _guardPolicy })
        {
            command.Add(option);
        }
    }

    /// <summary>Adds only the options that name the application and its address.</summary>
    public void AddPlaceTo(Command command)
    {
        foreach (var option in new Option[] { _app, _namespace, _service, _url })
        {
            command.Add(option);
        }
    }

    /// <summary>Gets where the application runs.</summary>
    public ManifestOptions Read(ParseResult parsed, CommandContext context)
    {
        var services = context.Services;
        var configured = ManifestOptions.FromConfiguration(
            services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>().ApplicationName);
        var read = configured.With(target =>
        {
            target.MarksRegistration = ManifestContextFactory.RepairsDrift(services);
            target.App = parsed.GetValue(_app) ?? target.App;
            target.Namespace = parsed.GetValue(_namespace) ?? target.Namespace;
            target.ServiceName = parsed.GetValue(_service) ?? target.ServiceName;
            target.ServicePort = parsed.GetValue(_port) ?? target.ServicePort;
            target.Url = parsed.GetValue(_url) ?? target.Url;
            target.CaBundle = parsed.GetValue(_ca) is { } file ? File.ReadAllBytes(file.FullName) : target.CaBundle;
            target.InjectCaFrom = parsed.GetValue(_inject) ?? target.InjectCaFrom;
            target.KubeVersion = parsed.GetValue(_kubeVersion) ?? target.KubeVersion;
            target.GuardPolicies = parsed.GetResult(_guardPolicy) is null ? target.GuardPolicies : parsed.GetValue(_guardPolicy) ?? true;
        });

        TargetValidator.Check(read);

        // Without a CA bundle no call succeeds, so an applied configuration asks cert-manager for a bundle, as a generated one does.
        return ReadCertificates(parsed, context, read) == CertificateSource.CertManager && read is { CaBundle: null, InjectCaFrom: null }
            ? read.With(target => target.InjectCaFrom = $"{read.Namespace}/{context.Deployment.CertificateSecret ?? $"{read.App}-tls"}")
            : read;
    }

    /// <summary>Gets where the serving certificate comes from.</summary>
    public CertificateSource ReadCertificates(ParseResult parsed, CommandContext context, ManifestOptions target) =>
        parsed.GetValue(_certificates) ?? ReadCertificates(context.Services.GetRequiredService<IConfiguration>()) ?? context.Deployment.Certificates
        ?? (context.Deployment.OwnTlsPort is not null || target.InjectCaFrom is not null ? CertificateSource.CertManager
        : target.CaBundle is not null ? CertificateSource.Secret
        : CertificateSource.Managed);

    private static CertificateSource? ReadCertificates(IConfiguration configuration)
    {
        List<string> problems = [];
        var section = new SectionReader(configuration.GetSection(SectionNames.Manifests), problems);
        var certificates = section.Read<CertificateSource>(
            ManifestOptions.CertificatesKey,
            static (text, out value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value),
            "managed, certManager or secret");
        CommandException.ThrowIfAny(problems);
        return certificates;
    }
}
