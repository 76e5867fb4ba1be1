using System.Text.RegularExpressions;
using Ptune.Contracts.Specs;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor;

/// <summary>What a worker is. From configuration, section <c>Worker</c>; as variables <c>PTUNE_Worker__Pool</c> and so on.</summary>
public sealed partial record WorkerOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Worker";

    internal const string Cpu = "cpu";
    internal const string Cuda = "cuda";

    /// <summary>The worker's id: unique among all workers, and new with every start of its process. Default: host, process and a few random digits.</summary>
    public string? Id { get; init; }

    /// <summary>The pool whose jobs it takes. Default: default.</summary>
    public string Pool { get; init; } = "default";

    /// <summary>cpu or cuda. Default: cpu.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// How many executors, each one process and one job at a time. Default: with cpu the cores divided by <see cref="Threads"/>, with cuda one for each device.
    /// </summary>
    public int? Executors { get; init; }

    /// <summary>
    /// Threads inside one tensor operation. Default: 1, which gives the most work a second when there are as many jobs as cores. Results are the same
    /// bytes only among runs with the same number.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>The folder for artifacts, data sets and the work of attempts; it may be emptied while no worker runs. Default: the folder cache in the store of an embedded server, else ptune-worker in the user's cache folder.</summary>
    public string? Cache { get; init; }

    /// <summary>
    /// How many GiB the cache may hold. What no job has used for the longest time is removed before inputs are fetched that would not fit; what running jobs use stays. Executors keep files there
    /// while they compute, so a volume should be larger. Default: null, no limit.
    /// </summary>
    public double? CacheGiB { get; init; }

    /// <summary>
    /// How long a worker that is told to leave may take to checkpoint, upload and give its leases back. Default: 20 s, within the 30 s that
    /// Kubernetes gives. What is not done by then goes on elsewhere from the last checkpoint.
    /// </summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Leave when there was no work for this long; for workers that an autoscaler starts. Default: null, stay.</summary>
    public TimeSpan? ExitWhenIdle { get; init; }

    /// <summary>The executor: a program, or a .dll that dotnet runs. Default: executor/Ptune.Executor.dll beside the worker, else the one that this build made.</summary>
    public string? Executor { get; init; }

    /// <summary>
    /// How long an executor without work is kept warm. Default: 60 s. A new one takes under a second until its first tensor; an idle one holds some 100 MB.
    /// </summary>
    public TimeSpan ExecutorIdle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often an idle worker asks for work without being woken; it is what finds work when wake-ups are lost. Default: 2 s. Longer is less traffic, and a longer
    /// wait after a lost wake-up.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the lines of an attempt's log are stored. Default: 1 s; each time is one blob.</summary>
    public TimeSpan LogInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a running job may say nothing (no further step, no checkpoint, no line of its log) before its executor counts as hung: it is asked for a checkpoint and a
    /// stop, killed when it does not within <see cref="GracePeriod"/>, and the attempt has failed. Data sets are fetched within it, too. Default: 30 min.
    /// </summary>
    public TimeSpan HangAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many of a running job's checkpoints are kept: the newest may turn out to be damaged. All go when the job is done. Default: 2.</summary>
    public int CheckpointsKept { get; init; } = 2;

    /// <summary>How often the worker looks for checkpoints that no job needs any more. Default: 1 h.</summary>
    public TimeSpan CollectInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Memory of each device in GiB that jobs may ask for; the executors on a device share it. Default: with cpu the memory that the process may use; with cuda null, not
    /// known: then no job that says how much it needs is given to this worker.
    /// </summary>
    public double? MemoryGiB { get; init; }

    /// <summary>What jobs may ask a worker for besides, as <c>Worker:Labels:zone</c>: names and values. Default: none.</summary>
    public Dictionary<string, string> Labels { get; init; } = [];

    /// <summary>
    /// What <c>${NAME}</c> in a data set's address stands for, as <c>Worker:Secrets:NAME</c>: "user:password", a password, or a query's value. Executors are told of those that their job names.
    /// Default: none.
    /// </summary>
    public Dictionary<string, string> Secrets { get; init; } = [];

    /// <summary>Every mistake, in words with the option's name; empty when it can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Id is not null && !Name().IsMatch(Id)) Add(nameof(Id), $"is '{Id}'; use 1 to 63 letters, digits, '-', '_' and '.'.");
        if (!PoolName.IsValid(Pool)) Add(nameof(Pool), $"is '{Pool}', which no job can name. {PoolName.Form}");
        if (Device is not (Cpu or Cuda)) Add(nameof(Device), $"is '{Device}'; use cpu or cuda.");
        if (Device == Cuda && CudaDevices.Count() == 0) Add(nameof(Device), "is cuda, but no NVIDIA device was found; use cpu, or check the driver and CUDA_VISIBLE_DEVICES.");
        if (Executors is < 1) Add(nameof(Executors), $"is {Executors}; it must be at least 1.");
        if (Threads < 1) Add(nameof(Threads), $"is {Threads}; it must be at least 1.");
        if (CheckpointsKept < 1) Add(nameof(CheckpointsKept), $"is {CheckpointsKept}; it must be at least 1.");
        if (Cache is { } cache && string.IsNullOrWhiteSpace(cache)) Add(nameof(Cache), "is empty; name a folder.");
        if (CacheGiB is { } room && !(room > 0 && room <= 1_000_000)) Add(nameof(CacheGiB), $"is {room}; it must be above 0 and at most 1,000,000 GiB, or not set.");
        foreach (var (name, span) in new[] { (nameof(GracePeriod), GracePeriod), (nameof(ExecutorIdle), ExecutorIdle), (nameof(PollInterval), PollInterval), (nameof(LogInterval), LogInterval), (nameof(HangAfter), HangAfter), (nameof(CollectInterval), CollectInterval) })
        {
            if (span <= TimeSpan.Zero) Add(name, $"is {span}; it must be longer than zero.");
        }
        if (ExitWhenIdle is { } idle && idle <= TimeSpan.Zero) Add(nameof(ExitWhenIdle), $"is {idle}; it must be longer than zero, or not set.");
        if (MemoryGiB is { } memory && !(memory > 0 && memory <= 1_000_000)) Add(nameof(MemoryGiB), $"is {memory}; it must be above 0 and at most 1,000,000 GiB.");
        foreach (var (label, value) in Labels)
        {
            if (!Label().IsMatch(label)) Add($"{nameof(Labels)}:{label}", "is not a valid label name; use 1 to 63 letters, digits, '.', '_', '-' and '/', a letter or digit first.");
            if (value is not { Length: > 0 and <= Needs.MaxLabelValue }) Add($"{nameof(Labels)}:{label}", $"is '{value}'; use 1 to {Needs.MaxLabelValue} characters.");
        }
        foreach (var (secret, _) in Secrets.Where(s => !SecretName().IsMatch(s.Key) || s.Value is null))
            Add($"{nameof(Secrets)}:{secret}", "is not a valid secret; a name has 1 to 63 letters, digits and '_', not a digit first, and a value.");
        if (ExecutorCommand.Problem(Executor) is { } problem) Add(nameof(Executor), problem);
        return problems;

        void Add(string name, string problem) => problems.Add($"{Section}:{name} {problem}");
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}\z")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,63}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}\z")]
    private static partial Regex Label();
}
