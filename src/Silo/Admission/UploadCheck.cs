using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Storage.Uploads;

namespace Ptune.Silo.Admission;

/// <summary>That the uploaded files which a spec names are in the store. Those that are get new times, so that no cleaning takes them before the job is there.</summary>
internal sealed class UploadCheck(IBlobStore blobs, UploadStore uploads)
{
    /// <param name="tenant">Whose files they are.</param>
    /// <param name="spec">A job, or a study.</param>
    /// <param name="data">Its data sets.</param>
    /// <param name="positions">Where things stand in the spec.</param>
    /// <param name="starts">Whether the work is to begin. A plan needs no checkpoint to be there.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public async Task<IReadOnlyList<SpecProblem>> CheckAsync(string tenant, Spec spec, IReadOnlyList<SpecData> data, SpecPositions positions, bool starts, CancellationToken cancellation)
    {
        var declared = data.Where(set => set.Dataset.Location == IDatasetSpec.Uploads)
            .SelectMany(set => set.Dataset.Declared().Select(file => (file.File.Sha256, Path: $"{set.Path}.{file.Key}.sha256")))
            .Concat(Tokenizers(spec)).Concat(Models(spec, starts)).ToArray();
        var others = spec is JobSpec job ? job.Uploads().Except(declared.Select(file => file.Sha256)).Select(sha256 => (Sha256: sha256, Path: PathOf(job))) : [];
        var problems = new List<SpecProblem>();
        foreach (var (sha256, at) in declared.Concat(others))
        {
            if (await uploads.MayReadAsync(tenant, sha256, cancellation) && await blobs.RenewAsync(BlobNames.Content(Digest.Prefix + sha256), cancellation)) continue;
            problems.Add(positions.Problem(at, $"The file with the SHA-256 {sha256} is not in the store.", "Send it with 'ptune store put FILE' first."));
        }
        return problems;
    }

    private static IEnumerable<(string Sha256, string Path)> Tokenizers(Spec spec) =>
        from named in spec is LanguageStudySpec ? SpecTokenizers.Of(spec) : []
        where named.Tokenizer.Location == IDatasetSpec.Uploads
        select (named.Tokenizer.File.Sha256, $"{named.Path}.file.sha256");

    private static IEnumerable<(string Sha256, string Path)> Models(Spec spec, bool starts) =>
        from model in starts && spec is LanguageStudySpec study ? study.Models : []
        where model.Value.Source() is UploadedSource
        from file in model.Value.Files!.Index()
        select (file.Item.Sha256, $"models.{model.Key}.files[{file.Index}].sha256");

    /// <summary>Where uploads are named that are not of the job's data set.</summary>
    private static string PathOf(JobSpec job) => job switch
    {
        ImportSpec => "from.files",
        FineTuningSpec => "mix",
        _ => "tokenizer",
    };
}
