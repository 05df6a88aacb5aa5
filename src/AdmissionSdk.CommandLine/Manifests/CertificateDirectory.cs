using AdmissionSdk.Certificates;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>The files of the <c>certificates</c> command. The key of a CA is never replaced: whatever trusts the CA would then trust nothing.</summary>
internal sealed class CertificateDirectory(string directory)
{
    private string SecretPath => Path.Combine(directory, "secret.yaml");

    private string AuthorityPath => Path.Combine(directory, "ca.crt");

    private string KeyPath => Path.Combine(directory, "ca.key");

    /// <summary>Writes the files, and returns a line about each and about the next step.</summary>
    /// <exception cref="CommandException">The directory has the key of an earlier CA.</exception>
    public IEnumerable<string> Write(CertificateSecret secret, CertificateAuthority authority, bool isNewAuthority)
    {
        if (isNewAuthority && File.Exists(KeyPath))
        {
            throw new CommandException($"{KeyPath} is the key of an earlier CA: pass --ca-cert {AuthorityPath} --ca-key {KeyPath} to renew the certificate, or another --out for a new CA.");
        }

        if (isNewAuthority)
        {
            PrivateFile.Write(KeyPath, authority.ExportKeyPem());
        }

        PrivateFile.Write(SecretPath, secret.Text);
        Directory.CreateDirectory(directory);
        File.WriteAllText(AuthorityPath, authority.CertificatePem);
        return
        [
            $"{SecretPath}: the Secret {secret.Name}, valid until {secret.NotAfter:yyyy-MM-dd} for {string.Join(", ", secret.Names)}",
            $"{AuthorityPath}: the CA, valid until {authority.NotAfter:yyyy-MM-dd}",
            .. isNewAuthority ? [$"{KeyPath}: the key of the CA, which signs the next certificate; keep it out of the cluster and of Git"] : Array.Empty<string>(),
            $"next: kubectl apply -f {SecretPath}, and --certificates secret --ca-file {AuthorityPath} for manifests, apply, diff and status",
        ];
    }
}
