using Microsoft.Extensions.Options;
using Ptune.Grains;
using Ptune.Grains.Hosting;

namespace Ptune.Silo.Configuration;

/// <summary>Asks the grains' own validator, which would otherwise speak only when the silo starts, after everybody else.</summary>
internal sealed class JobsValidator : ISectionValidator<JobsOptions>
{
    public IEnumerable<SettingProblem> Validate(JobsOptions options)
    {
        var probe = new Probe();
        probe.AddPtuneGrains();
        using var services = probe.Services.BuildServiceProvider();
        return services.GetServices<IValidateOptions<JobsOptions>>()
            .SelectMany(validator => validator.Validate(Options.DefaultName, options).Failures ?? [])
            .Select(failure => SettingProblem.Parse($"Jobs:{failure}"));
    }

    /// <summary>A silo that is never built.</summary>
    private sealed class Probe : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }
}
