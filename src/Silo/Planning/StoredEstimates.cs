using Microsoft.Extensions.Logging;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Admission;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Planning;

/// <summary>Estimates from the manifests of the models that a job reads.</summary>
internal sealed partial class StoredEstimates(Manifests manifests, IGrainFactory grains, ILogger<StoredEstimates> logger, ImageSizes? images = null) : IMemoryEstimates
{
    // A job is queued without an estimate rather than late.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    public async Task<long?> OfAsync(JobSpec job)
    {
        try
        {
            using var patience = new CancellationTokenSource(_patience);
            job = TextDefaults.Fill(job);
            var models = new KnownModels(manifests, grains, [], images);
            var used = await models.UsedAsync(job, patience.Token).WaitAsync(patience.Token);
            return JobEstimate.Memory(job, used, await models.BesideAsync(job, patience.Token).WaitAsync(patience.Token));
        }
        catch (Exception problem)
        {
            LogNotEstimated(job.Name, problem.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The memory of {Job} could not be estimated, so none is reserved for it: {Problem}")]
    private partial void LogNotEstimated(string job, string problem);
}
