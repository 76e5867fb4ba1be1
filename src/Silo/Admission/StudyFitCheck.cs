using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Admission;

/// <summary>Whether what a study learns on one stored model can go to another: tokens and tensors are compared before a device is taken. Models that a study makes or imports are compared by their specs, or by the job.</summary>
internal sealed class StudyFitCheck(Manifests manifests, IBlobStore blobs)
{
    private readonly record struct Stored(TensorShapes Tensors, TokenTable? Tokens);

    /// <param name="study">The study.</param>
    /// <param name="inputs">Its stored models, as they were found.</param>
    /// <param name="positions">Where its parts stand.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<SpecProblem>> CheckAsync(LanguageStudySpec study, IReadOnlyList<ResolvedInput> inputs, SpecPositions positions, CancellationToken cancellation)
    {
        var (read, problems) = (new Dictionary<string, Stored?>(), new List<SpecProblem>());
        for (var i = 0; i < study.Methods.Length; i++)
        {
            if (study.Methods[i].Carries() is not { } carried) continue;
            foreach (var pair in study.Methods[i].Pairs(study))
            {
                if (await ReadAsync(study, inputs, pair.Source, read, cancellation) is not { } source || await ReadAsync(study, inputs, pair.Target, read, cancellation) is not { } target) continue;
                if (Misfit(study, carried, pair, source, target) is not { } reason) continue;
                problems.Add(positions.Problem(
                    $"methods[{i}]", $"What is learnt on {pair.Source} cannot be carried to {pair.Target} by {Shown.Name(study.Methods[i].Title())}: {reason}",
                    $"Leave {pair.Target} out with 'targets' of this method, or remove the method{(carried.HasTensors ? "; a reward needs only the same tokens" : "")}."));
            }
        }
        return problems;
    }

    private static string? Misfit(LanguageStudySpec study, Carried carried, StudyPair pair, Stored source, Stored target)
    {
        if (carried.HasTensors) return source.Tensors.ByName.Count == 0 || target.Tensors.ByName.Count == 0 ? null : source.Tensors.Misfit(TensorFit.Of(source.Tensors, carried), target.Tensors, pair.Source!, pair.Target);
        return study.IsOfTokens() && source.Tokens is { } own && target.Tokens is { } other ? own.Disagreement(other, pair.Source!, pair.Target) : null;
    }

    /// <summary>Null: the model is not in the store, or it does not say what it consists of.</summary>
    private async Task<Stored?> ReadAsync(LanguageStudySpec study, IReadOnlyList<ResolvedInput> inputs, string? name, Dictionary<string, Stored?> read, CancellationToken cancellation)
    {
        if (name is null || study.RootOf(name)?.Artifact is not { } reference) return null;
        if (read.TryGetValue(reference, out var known)) return known;
        var manifest = inputs.FirstOrDefault(input => input.Input.Reference == reference) is { } found ? await manifests.ReadAsync(found.Reference, cancellation) : null;
        return read[reference] = manifest is null ? null : await ReadAsync(manifest, cancellation);
    }

    private async Task<Stored?> ReadAsync(ArtifactManifest manifest, CancellationToken cancellation)
    {
        try
        {
            return new(await TensorShapes.ReadAsync(manifest.Files, OpenAsync, cancellation), await TokenTable.ReadAsync(manifest.Files, OpenAsync, cancellation));
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            // The job that reads the model says what is wrong with it.
            return null;
        }

        async Task<Stream> OpenAsync(string path) =>
            await blobs.OpenAsync(BlobNames.Content(manifest.Files.First(file => file.Path == path).Digest), cancellation) ?? throw new FileNotFoundException(path);
    }
}
