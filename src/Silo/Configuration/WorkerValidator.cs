using Ptune.Supervisor;

namespace Ptune.Silo.Configuration;

/// <summary>What the worker says of its options. A cluster's silo hosts no worker and passes the section over, and so does Executors=0.</summary>
internal sealed class WorkerValidator(ServerMode mode) : ISectionValidator<WorkerOptions>
{
    public IEnumerable<SettingProblem> Validate(WorkerOptions options) =>
        mode == ServerMode.Cluster || options.Executors == 0 ? [] : options.Problems().Select(SettingProblem.Parse);
}
