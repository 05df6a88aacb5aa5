using System.Runtime.InteropServices;

namespace AdmissionSdk.Tests.Support;

/// <summary>A directory as the kubelet mounts a secret: files are links into <c>..data</c>, itself a link, which is swapped by a rename.</summary>
internal sealed class MountedSecret : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("admission-tls-").FullName;
    private int _version;

    public string CertificatePath => Path.Combine(_root, "tls.crt");

    public string KeyPath => Path.Combine(_root, "tls.key");

    public void Swap(TestCertificate certificate) => Swap(certificate.CertificatePem, certificate.KeyPem);

    public void Swap(string certificatePem, string keyPem)
    {
        var version = Directory.CreateDirectory(Path.Combine(_root, $"..{++_version}")).FullName;
        File.WriteAllText(Path.Combine(version, "tls.crt"), certificatePem);
        File.WriteAllText(Path.Combine(version, "tls.key"), keyPem);
        var link = Path.Combine(_root, "..data_tmp");
        Directory.CreateSymbolicLink(link, version);
        // The kubelet swaps the link so: rename(2) replaces the old link in one step. .NET's own moves follow the link.
        Assert.Equal(0, Rename(link, Path.Combine(_root, "..data")));
        if (_version == 1)
        {
            File.CreateSymbolicLink(CertificatePath, Path.Combine("..data", "tls.crt"));
            File.CreateSymbolicLink(KeyPath, Path.Combine("..data", "tls.key"));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [DllImport("libc", EntryPoint = "rename", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Rename(string from, string to);
}
