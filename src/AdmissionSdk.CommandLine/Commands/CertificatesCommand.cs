using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AdmissionSdk.Certificates;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.CommandLine.Manifests;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Makes the secret with the serving certificate for people with a CA of their own, or with none, and without cert-manager.</summary>
internal static class CertificatesCommand
{
    private const int LongestDays = 36500;

    public static Command Create(CommandContext context)
    {
        var target = new TargetOptions();
        var output = new Option<DirectoryInfo?>("--out") { Description = "Write secret.yaml and ca.crt, and with a new CA ca.key, into this directory. Default with a CA of your own: the secret, to standard output.", HelpName = "DIRECTORY" };
        var caCertificate = new Option<FileInfo?>("--ca-cert") { Description = "The CA that signs, in PEM, with intermediates to the root after it. Default: a new CA.", HelpName = "FILE" };
        var caKey = new Option<FileInfo?>("--ca-key") { Description = "The CA's unencrypted private key, in PEM.", HelpName = "FILE" };
        var days = new Option<int>("--days") { Description = "The days for which the certificate is valid, within those of the CA. Nothing renews it: run the command again in time.", HelpName = "NUMBER", DefaultValueFactory = _ => 365, CustomParser = ParseDays };
        var caDays = new Option<int>("--ca-days") { Description = "The days for which a new CA is valid.", HelpName = "NUMBER", DefaultValueFactory = _ => 3650, CustomParser = ParseDays };
        var command = new Command("certificates", "Makes a serving certificate for the application's Service, as a Secret manifest, signed by a CA of your own or by a new CA. Touches no cluster.");
        foreach (var option in new Option[] { output, caCertificate, caKey, days, caDays })
        {
            command.Add(option);
        }

        target.AddPlaceTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var (certificateFile, keyFile, directory) = (parsed.GetValue(caCertificate), parsed.GetValue(caKey), parsed.GetValue(output));
            Check("--days", parsed.GetValue(days));
            Check("--ca-days", parsed.GetValue(caDays));
            if (certificateFile is null != keyFile is null)
            {
                throw new CommandException("--ca-cert and --ca-key belong together: pass both for a CA of your own, or neither for a new CA.");
            }

            if (certificateFile is null && directory is null)
            {
                throw new CommandException("a new CA needs a place for its key: pass --out DIRECTORY, or --ca-cert FILE and --ca-key FILE for a CA of your own.");
            }

            var manifest = ManifestContextFactory.Create(context, target.Read(parsed, context), context.Deployment);
            var time = (TimeProvider?)context.Services.GetService(typeof(TimeProvider)) ?? TimeProvider.System;
            using var authority = certificateFile is null
                ? CertificateAuthority.Create(manifest.Target.App, time.GetUtcNow(), TimeSpan.FromDays(parsed.GetValue(caDays)))
                : Read(certificateFile.FullName, keyFile!.FullName);
            var secret = CertificateSecret.Create(manifest, authority, time.GetUtcNow(), TimeSpan.FromDays(parsed.GetValue(days)));
            if (directory is null)
            {
                await parsed.InvocationConfiguration.Output.WriteAsync(secret.Text);
                return CommandExitCodes.Success;
            }

            var files = new CertificateDirectory(directory.FullName);
            foreach (var line in files.Write(secret, authority, isNewAuthority: certificateFile is null))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
            }

            return CommandExitCodes.Success;
        });
        return command;
    }

    private static int ParseDays(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days))
        {
            result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}': it must be 1 to {LongestDays}.");
        }

        return days;
    }

    private static void Check(string option, int days)
    {
        if (days is < 1 or > LongestDays)
        {
            throw new CommandException($"{option} is {days}: it must be 1 to {LongestDays}.");
        }
    }

    private static CertificateAuthority Read(string certificatePath, string keyPath)
    {
        try
        {
            var files = CertificateFiles.Read(certificatePath, keyPath);
            return CertificateAuthority.Read(files.CertificatePem, files.KeyPem);
        }
        catch (CertificateFileException exception)
        {
            throw new CommandException($"{(exception.IsKey ? $"--ca-key {keyPath}" : $"--ca-cert {certificatePath}")}: {exception.Message}.", exception);
        }
    }
}
