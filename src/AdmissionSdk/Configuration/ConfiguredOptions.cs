using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Configuration;

/// <summary>Lays a section of the configuration over options that code has set. The section wins, as everywhere.</summary>
internal abstract class ConfiguredOptions<T>(IConfiguration? configuration, string section) : IPostConfigureOptions<T>, IValidateOptions<T>
    where T : class, new()
{
    public void PostConfigure(string? name, T options) => Read(options, []);

    public ValidateOptionsResult Validate(string? name, T options)
    {
        List<string> problems = [];
        Read(new T(), problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    protected abstract void Read(SectionReader reader, T options);

    private void Read(T options, ICollection<string> problems)
    {
        if (configuration is not null)
        {
            var reader = new SectionReader(configuration.GetSection(section), problems);
            Read(reader, options);
            reader.RefuseUnknown();
        }
    }
}
