using Ptune.Contracts.Specs;

namespace Ptune.Cli.Specs;

/// <summary>The name that a job's result gets, as the command line says it.</summary>
/// <param name="Name">NAME@VERSION; null: what the spec says.</param>
/// <param name="Move">Whether the name may be taken from another artifact.</param>
internal sealed record PublishChoice(string? Name, bool Move)
{
    /// <summary>The spec with the name in it.</summary>
    /// <exception cref="CliException">It is none of a single job, or there is no name to move.</exception>
    public SpecFile Apply(SpecFile file)
    {
        if (Name is null && !Move) return file;
        if (file.Spec is not JobSpec job)
            throw new CliException(ExitCode.Usage, $"{(Name is null ? "--move" : "--publish")} goes with a single job, and {file.Path} is a {SpecKinds.Of(file.Spec)}.", "A study publishes its models under their names; other results get one with 'ptune tag'.");
        if (Name is null) return job.Publish is null ? throw new CliException(ExitCode.Usage, "--move goes with a name.", "Give one with --publish NAME@VERSION, or as 'publish' in the spec.") : file;
        JobSpec named = job with { Publish = Name };
        return file with { Spec = named, Text = SpecText.Of(named) };
    }
}
