using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using AdmissionSdk.Configuration;
using AdmissionSdk.Quoting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Hosting;

/// <summary>
/// Makes the exception with which a start is refused. A program that lets the exception pass ends with one line on standard error and exit code 2, in place of a
/// stack trace and an aborted process; a program that catches the exception goes on as it likes.
/// </summary>
internal static class StartRefusal
{
    /// <summary>The exit code of a command line that could not work.</summary>
    public const int ExitCode = 2;

    public static Exception Create(IServiceProvider services, IReadOnlyCollection<string> problems)
    {
        if (!IsProgram(services))
        {
            return new OptionsValidationException("", typeof(StartCheck), problems);
        }

        var refused = new StartRefusedException([.. problems.Select(problem => ShownText.ToLine(problem))]);
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (ReferenceEquals(unhandled.ExceptionObject, refused))
            {
                Console.Error.WriteLine($"error: {string.Join(' ', refused.Failures)}");
                Environment.Exit(ExitCode);
            }
        };
        return refused;
    }

    /// <summary>True if the host is the process. A test's host is not, and what it throws is the test's business.</summary>
    public static bool IsProgram(IServiceProvider services) =>
        Assembly.GetEntryAssembly() is { } entry
        && services.GetService<IHostEnvironment>()?.ApplicationName == entry.GetName().Name
        && UsesTheSdk(entry)
        && IsKestrel(services);

    // A test runner is the entry assembly of its process too, and gives hosts its own name. NativeAOT has no test runners.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A reference that trimming removed only makes the text of an error longer.")]
    private static bool UsesTheSdk(Assembly entry) =>
        !RuntimeFeature.IsDynamicCodeSupported || entry.GetReferencedAssemblies().Any(name => name.Name == typeof(StartRefusal).Assembly.GetName().Name);

    private static bool IsKestrel(IServiceProvider services)
    {
        try
        {
            return services.GetService<IServer>()?.GetType().Assembly == typeof(KestrelServerOptions).Assembly;
        }
        catch (OptionsValidationException)
        {
            // Kestrel reads the settings of the listener when it is made; a server in memory does not.
            return true;
        }
    }
}
