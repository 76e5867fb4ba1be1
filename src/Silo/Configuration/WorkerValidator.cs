using Ptune.Supervisor;

namespace Ptune.Silo.Configuration;

/// <summary>Asks the worker's own check of its options. A cluster's silo hosts no worker and passes the section over.</summary>
internal sealed class WorkerValidator(ServerMode mode) : ISectionValidator<WorkerOptions>
{
    public IEnumerable<SettingProblem> Validate(WorkerOptions options)
    {
        if (mode == ServerMode.Cluster || options.Executors == 0) return [];
        try
        {
            new ServiceCollection().AddSupervisor(options);
            return [];
        }
        catch (ArgumentException e)
        {
            return e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => new SettingProblem("Worker", line, ""));
        }
    }
}
