using System.Runtime.ExceptionServices;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs;

/// <summary>The single entry point of this library: runs any job of the contracts on this process's device.</summary>
public static class JobRunner
{
    private const int _stackBytes = 16 << 20;

    /// <summary>
    /// Runs the job to its end or until it is asked to stop. Blocks: everything happens on one dedicated thread, because dispose
    /// scopes, <c>no_grad</c> and the thread count of libtorch belong to a thread.
    /// </summary>
    /// <exception cref="LearningException">What was given cannot be used; another try would fail the same way.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory.</exception>
    /// <exception cref="IOException">The disk is full, or the like.</exception>
    public static JobOutcome Run(JobRun run)
    {
        JobOutcome? outcome = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    outcome = Execute(run);
                }
                catch (Exception error)
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }
            },
            _stackBytes)
        {
            Name = "training",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return outcome!;
    }

    private static JobOutcome Execute(JobRun run)
    {
        TorchRuntime.EnsureLoaded();
        ArgumentOutOfRangeException.ThrowIfLessThan(run.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(run.BatchParts, 1);
        set_num_threads(run.Threads);
        try
        {
            using var scope = NewDisposeScope();
            return Dispatch(new JobContext(run));
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            return new JobOutcome.Stopped(null, 0);
        }
        catch (Exception error) when (DeviceMemoryException.Is(error))
        {
            throw new DeviceMemoryException(run.Device, error);
        }
    }

    private static JobOutcome Dispatch(JobContext context) => context.Run.Spec switch
    {
        PretrainingSpec { Data.Dataset: TextDatasetSpec } spec => LanguagePretraining.Run(context, spec),
        PretrainingSpec spec => PretrainingJob.Run(context, spec),
        FineTuningSpec { Data.Dataset: TextDatasetSpec } spec => LanguageTuning.Run(context, spec),
        FineTuningSpec spec => FineTuningJob.Run(context, spec),
        RewardTuningSpec { Data.Dataset: TextDatasetSpec } spec => LanguageRewardTuning.Run(context, spec),
        RewardTuningSpec spec => RewardTuningJob.Run(context, spec),
        ScoringSpec { Data.Dataset: TextDatasetSpec } spec => LanguageScoring.Run(context, spec),
        ScoringSpec spec => ScoringJob.Run(context, spec),
        EvaluationSpec { Data.Dataset: TextDatasetSpec } spec => LanguageEvaluation.Run(context, spec),
        EvaluationSpec spec => EvaluationJob.Run(context, spec),
        ImportSpec spec => ImportJob.Run(context, spec),
        PreparationSpec spec => PreparationJob.Run(context, spec),
        GenerationSpec spec => GenerationJob.Run(context, spec),
        MergingSpec spec => LanguageMerging.Run(context, spec),
        RandomControlSpec spec => LanguageControl.Run(context, spec),
        ComparisonSpec spec => EvaluationComparison.Run(context, spec),
        TimingSpec spec => LanguageTiming.Run(context, spec),
        NoOpSpec => NoOpJob.Run(context),
        var other => throw new LearningException($"This worker knows no job of the kind {other.GetType().Name}."),
    };
}
