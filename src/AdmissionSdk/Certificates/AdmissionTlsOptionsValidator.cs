using System.Net;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Certificates;

/// <summary>Checks the options, all failures in one message.</summary>
internal sealed class AdmissionTlsOptionsValidator : IValidateOptions<AdmissionTlsOptions>
{
    public ValidateOptionsResult Validate(string? name, AdmissionTlsOptions options)
    {
        List<string> failures = [];
        if (options.Port is < 0 or > 65535)
        {
            failures.Add($"Port is {options.Port}; it must be 0 to 65535.");
        }

        if (options.Address is { } address && !IPAddress.TryParse(address, out _))
        {
            failures.Add($"Address is \"{address}\"; it must be an IP address of this machine such as 127.0.0.1 or ::1; leave it out for all addresses.");
        }

        if (options.PollInterval < TimeSpan.FromSeconds(1))
        {
            failures.Add($"PollInterval is {options.PollInterval}; it must be at least one second.");
        }

        if (options.KeyPath is not null && options.CertificatePath is null)
        {
            failures.Add("KeyPath is set and CertificatePath is not; set both or neither.");
        }

        if (options is { Mode: CertificateMode.Files, CertificatePath: null })
        {
            failures.Add("Mode is Files and CertificatePath is not set; set CertificatePath to the PEM file with the certificate.");
        }

        if (options is { Mode: not null and not CertificateMode.Files, CertificatePath: not null })
        {
            failures.Add($"Mode is {options.Mode} and CertificatePath is set; set one of them, or Mode to Files.");
        }

        if (options.ClientNames.Count > 0 && options.ClientCaPath is null)
        {
            failures.Add("ClientNames is set and ClientCaPath is not, so no client would be asked for its name; set both or neither.");
        }

        failures.AddRange(options.ManagedCertificates.FindProblems());
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
