using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Grains.Graphs;
using Ptune.Grains.Identity;
using Ptune.Grains.Jobs;
using Ptune.Grains.Registry;
using Ptune.Grains.Shell;
using Ptune.Grains.Studies;
using Ptune.Grains.Sweeps;

namespace Ptune.Grains.Tests.Stability;

/// <summary>States of which every member holds something, so that none can be lost unseen.</summary>
internal static class FullStates
{
    private static readonly DateTimeOffset _time = Sample.Noon;

    private static RewardTuningSpec Spec { get; } = new()
    {
        Name = "reward",
        Data = new DataSpec { Dataset = Sample.Dataset, Split = Split.Tuning, Count = 500, Shift = new ShiftSpec { Kind = ShiftKind.Occlusion } },
        Source = "job:default.0123456789abcdef0123456789abcdef",
        Initialization = RewardInitialization.ZeroHead,
        Lambda = 0.5,
        Seed = 3,
    };

    private static JobResult Result { get; } = Sample.Result() with
    {
        ResumedElsewhere = true,
        Attributes = new() { ["splits.test"] = "digest" },
        OutputSpace = "fingerprint",
        Kind = ArtifactKind.Reward,
    };

    private static Outbox Outbox { get; } = Outbox.Empty.With("row").With("asker", "study:x");

    /// <summary>A job as today's code stores it.</summary>
    public static JobState Job() => JobOfVersion10() with { LeaseBegan = _time.AddMinutes(-3), EstimatedSeconds = 4321.5 };

    public static JobState JobOfVersion10() => JobOfVersion9() with { Submitters = ["ann", "bob"] };

    public static Grains.Audit.AuditChainState AuditChain() => new() { Sequence = 12, Digest = "ab12", Start = 3, Before = "cd34", Chains = ["red", "blue"] };

    public static JobState JobOfVersion9() => JobOfVersion8() with { Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };

    public static JobState JobOfVersion8() => JobOfVersion7() with { EstimatedMemory = 1_234_567_890 };

    public static JobState JobOfVersion7() => JobOfVersion6() with { Names = [new JobName("legal@v1", Move: true)] };

    public static JobState JobOfVersion6() => JobOfVersion5() with { GrantedTo = new SlotRequest("0123456789abcdef", 7, 5) };

    public static JobState JobOfVersion5() => JobOfVersion4() with { Permit = 2 };

    public static JobState JobOfVersion4() => JobOfVersion2() with
    {
        Timeline = [new JobEvent(_time, JobStatus.Queued, 4, "failed", FailureCause.Timeout, 139, "SIGSEGV")],
        StartStep = 5,
        Failure = new FailureDetails(4, 139, "SIGSEGV", ["one", "two"]),
    };

    public static JobState JobOfVersion2() => JobOfVersion1() with
    {
        NotBefore = _time.AddMinutes(1),
        ExcludedWorkers = ["w0"],
        InARow = [new CauseCount(FailureCause.Crash, 2)],
        KeptAtFailure = 3,
        BatchParts = 4,
        ActiveSince = _time.AddMinutes(-80),
        StopAsked = _time.AddMinutes(-1),
        TimelineDropped = 7,
        Timeline = [new JobEvent(_time, JobStatus.Queued, 4, "failed", FailureCause.Timeout)],
    };

    public static JobState JobOfVersion1() => new()
    {
        JobId = "default.fedcba9876543210fedcba9876543210",
        Spec = Spec,
        Name = "reward vit@v1 seed 3",
        Status = JobStatus.Running,
        Version = 17,
        Epoch = 4,
        Askers = [new JobAsker("ann", 100, false), new JobAsker("study:default.x", 300, true)],
        Worker = "w1",
        LeaseExpires = _time.AddSeconds(30),
        LeaseStored = _time,
        Progress = new JobProgress(5, 100, 0.25, 1234.5),
        Checkpoint = Sample.Checkpoint(4, 3),
        Result = Result,
        Cause = FailureCause.OutOfMemory,
        Message = "memory ran out",
        Failures = 2,
        Created = _time.AddHours(-2),
        Updated = _time.AddHours(-1),
        Started = _time.AddMinutes(-90),
        Ended = _time.AddMinutes(-5),
        Timeline = [new JobEvent(_time, JobStatus.Leased, 4, "given to w1")],
        Inputs = new() { ["source"] = Sample.Digest("source") },
        Outbox = Outbox,
    };

    public static SubmitKeyState SubmitKey() => SubmitKeyOfVersion2() with { Claim = SubmitKeyOfVersion2().Claim with { Nonce = "0123456789abcdef" } };

    public static SubmitKeyState SubmitKeyOfVersion2() => new()
    {
        Claim = new SubmitClaim(Sample.Digest("request"), "default.fedcba9876543210fedcba9876543210"),
        At = _time,
        Version = 2,
    };

    public static StudyState Study() => StudyOfVersion10() with { Estimates = new() { ["default.fedcba9876543210fedcba9876543210"] = 12.5 } };

    public static StudyState StudyOfVersion10() => StudyOfVersion1() with { Submitters = ["ann"] };

    public static StudyState StudyOfVersion1() => new()
    {
        StudyId = "default.00112233445566778899aabbccddeeff",
        Tenant = "default",
        Spec = Sample.Study() with { Shift = new ShiftSpec { Kind = ShiftKind.Occlusion } },
        Resolved = new() { ["cnn@v1"] = Sample.Digest("cnn") },
        Nonce = "fresh",
        Status = JobStatus.Succeeded,
        Version = 90,
        Cells =
        [
            new StudyCellState
            {
                Key = "scores/model/vit@v1",
                JobId = "default.fedcba9876543210fedcba9876543210",
                Name = "score vit@v1",
                DependsOn = ["default.0123456789abcdef0123456789abcdef"],
                Alias = "vit@v1",
                Status = JobStatus.Succeeded,
                IsAsked = true,
                IsAnswered = true,
                IsReused = true,
                Message = "a message",
            },
        ],
        Result = Comparison(),
        Message = "a message",
        Created = _time.AddHours(-2),
        Updated = _time.AddHours(-1),
        Submitted = _time.AddMinutes(-90),
        Ended = _time,
        Outbox = Outbox,
    };

    public static SweepState Sweep() => SweepOfVersion11() with { Later = [new SweepRungCost(3, [12.5, 0, 1]), new SweepRungCost(1, [37.5, 0, 1])] };

    public static SweepState SweepOfVersion11() => SweepOfVersion10() with { Estimates = new() { ["default.fedcba9876543210fedcba9876543210"] = 12.5 } };

    public static SweepState SweepOfVersion10() => SweepOfVersion3() with { Submitters = ["ann"] };

    public static SweepState SweepOfVersion3() => new()
    {
        SweepId = "default.00112233445566778899aabbccddeeff",
        Tenant = "default",
        Spec = new SweepSpec
        {
            Name = "sweep",
            Job = Spec,
            Vary = new()
            {
                ["recipe.learningRate"] = new SweepRange { Min = 0.001, Max = 0.1, Scale = SweepScale.Log },
                ["initialization"] = new SweepRange { Values = [SweepValue.Of("source"), SweepValue.Of("zeroHead")] },
            },
            Method = SweepMethod.Asha,
            Trials = 16,
            Seed = 2,
            Parallel = 3,
            Asha = new AshaSettings { Reduction = 4, MinEpochs = 2 },
            Evaluate = new DataSpec { Dataset = Sample.Dataset, Split = Split.Validation },
        },
        Resolved = new() { ["vit@v1"] = Sample.Digest("vit") },
        Nonce = "fresh",
        Status = JobStatus.Running,
        Version = 9,
        Cells =
        [
            new StudyCellState
            {
                Key = "trial/1/2/evaluate",
                JobId = "default.fedcba9876543210fedcba9876543210",
                Name = "evaluate trial 1 at 2 epochs",
                DependsOn = ["default.0123456789abcdef0123456789abcdef"],
                Status = JobStatus.Succeeded,
                IsAsked = true,
                IsAnswered = true,
                Figure = 0.75,
            },
        ],
        Trials = [new SweepTrialState(1, new() { ["initialization"] = SweepValue.Of("source"), ["recipe.learningRate"] = SweepValue.Of(0.0125) }, [new SweepRungState(2, ["default.fedcba9876543210fedcba9876543210"])])],
        N = 6000,
        Message = "a message",
        Created = _time.AddHours(-2),
        Updated = _time.AddHours(-1),
        Submitted = _time.AddMinutes(-90),
        Ended = _time,
        Outbox = Outbox,
    };

    public static RegistryState Registry() => new()
    {
        Publications = [new AliasRow("default", "vit@v1", Sample.Digest("one"), _time, 1), new AliasRow("default", "vit@v1", Sample.Digest("two"), _time.AddDays(1), 2)],
        Outbox = Outbox,
    };

    public static ApiKeyState ApiKey() => new()
    {
        Hash = "0123456789abcdef",
        Name = "ann",
        Tenant = "red",
        Role = Role.Operator,
        Created = _time,
        By = "boss",
        Expires = _time.AddDays(90),
        Revoked = _time.AddDays(1),
        RevokedBy = "bob",
        LastUsed = _time.AddHours(2),
        LastUseStored = _time.AddHours(1),
        Version = 3,
        Outbox = Outbox,
    };

    public static ApiKeyIndexState ApiKeyIndex() => new() { Places = [new ApiKeyPlace("h3k7mqp2", "red")], Version = 1 };

    public static TenantsState Tenants() => TenantsOf(new TenantSettings(2, 3, 4, ["gpu"], ["vit@v1"], ["mit"], 500.5));

    public static TenantsState TenantsOfVersion10() => TenantsOf(new TenantSettings(2, 3, 4, ["gpu"], ["vit@v1"], ["mit"]));

    private static TenantsState TenantsOf(TenantSettings settings) => new()
    {
        Tenants = [new TenantView("red", settings, _time, _time.AddDays(1), "boss")],
        Version = 2,
        Outbox = Outbox,
    };

    public static Lease Lease() =>
        new("default.fedcba9876543210fedcba9876543210", "reward vit@v1 seed 3", 4, Spec, new() { ["source"] = Sample.Digest("source") }, Sample.Checkpoint(4, 3), TimeSpan.FromSeconds(30), 4);

    private static StudyResult Comparison()
    {
        var accuracy = Accuracy.Of([0.5, 0.75]);
        var test = new McNemar(10, 5, 0.25);
        return new()
        {
            Study = "sample",
            StudyId = "default.00112233445566778899aabbccddeeff",
            Seeds = [1, 2],
            Splits = new() { ["test"] = "digest" },
            EvaluatedOn = "test",
            N = 10_000,
            Source = new SourceResult("vit@v1", accuracy, accuracy, accuracy, accuracy),
            Targets =
            [
                new TargetResult
                {
                    Model = "mlp@v1",
                    Bare = accuracy,
                    RewardAlone = accuracy,
                    Eft = accuracy,
                    Ported = accuracy,
                    Retrained = accuracy,
                    KeptShare = 0.5,
                    Mcnemar = new PairedTests([test], [test]),
                    KlFromSource = 1.25,
                    C = 3.5,
                    CMax = 9.5,
                    InferenceCost = new InferenceCost(2.5, 3.5),
                },
            ],
            Jobs = new JobCounts(3, 4),
            Seconds = 12.5,
        };
    }
}
