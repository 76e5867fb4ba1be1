using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>Refuses early: everything about a spec that can be known before a worker is taken, in one go.</summary>
internal sealed class SpecAdmission(InputResolver resolver, DatasetCheck? datasets = null, UploadCheck? uploads = null, RootsCheck? roots = null, TenantCheck? tenants = null, StudyFitCheck? fits = null)
{
    /// <param name="caller">Who asks, and for which tenant.</param>
    /// <param name="text">The spec.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="starts">Whether the work is to begin; false: it is planned only.</param>
    public async Task<Admitted> AdmitAsync(Caller caller, string text, CancellationToken cancellation, bool starts = true)
    {
        var reading = SpecReader.Read(text);
        if (reading.Spec is not { } spec) return new Admitted(null, null, new Dictionary<string, string>(), reading.Positions, reading.Problems);

        var (tenant, problems) = (caller.Tenant, new SpecProblems());
        if (tenants?.Pool(caller, spec, reading.Positions) is { } pool) problems.Add(pool);
        var inputs = new List<ResolvedInput>();
        KnownAliases? aliases = null;
        foreach (var (part, positions) in PartsOf(spec, reading.Positions))
        {
            var read = new List<ResolvedInput>();
            // Each input that is not found is looked for among all names; a list of mistakes has an end.
            foreach (var input in InputsOf(part).TakeWhile(_ => !problems.IsFull))
            {
                cancellation.ThrowIfCancellationRequested();
                var (resolved, problem) = await resolver.ResolveAsync(tenant, input, aliases ??= resolver.AliasesOf(tenant), positions, cancellation);
                if (problem is not null) problems.Add(problem);
                if (resolved is not null) read.Add(resolved);
            }
            inputs.AddRange(read);
            // The models of a language study need not have one vocabulary: whether a patch fits is each method's own question. A target may have more tokens
            // than a reward that is carried to it, and fingerprints cannot tell: the job compares the tokens.
            if (part is not (LanguageStudySpec or GenerationSpec or TimingSpec or EvaluationSpec { Data.Dataset: TextDatasetSpec, Rewards: not null } or EvaluationSpec { Data.Dataset: TextDatasetSpec, Emulated: not null }))
                foreach (var problem in OutputSpaceCheck.Check(SpecData.Of(part), read, positions, part)) problems.Add(problem);
            if (tenants is not null)
                foreach (var problem in await tenants.ModelsAsync(caller, part, read, positions, cancellation)) problems.Add(problem);
            foreach (var problem in ModelFolderCheck.Check(part, positions)) problems.Add(problem);
            foreach (var problem in ImageFamilyCheck.Check(part, read, positions)) problems.Add(problem);
            foreach (var problem in ContextCheck.Check(part, read, positions)) problems.Add(problem);
            if (fits is not null && part is LanguageStudySpec study)
                foreach (var problem in await fits.CheckAsync(study, read, positions, cancellation)) problems.Add(problem);
            var data = SpecData.All(part).ToArray();
            var outside = (roots?.Check(part, positions) ?? []).ToArray();
            foreach (var problem in outside) problems.Add(problem);
            if (uploads is not null)
                foreach (var problem in await uploads.CheckAsync(tenant, part, data, positions, starts, cancellation)) problems.Add(problem);
            // Nothing is told of a file that the caller may not read.
            if (outside.Length > 0) continue;
            foreach (var set in datasets is null ? [] : data)
                foreach (var problem in await datasets!.CheckAsync(part, set, positions, cancellation)) problems.Add(problem);
            foreach (var (path, tokenizer) in datasets is null ? [] : SpecTokenizers.Of(part))
                foreach (var problem in await datasets!.CheckAsync(path, tokenizer, positions, cancellation)) problems.Add(problem);
        }

        var found = inputs.Where(i => InputRef.IsAlias(i.Input.Reference)).DistinctBy(i => i.Input.Reference).ToDictionary(i => i.Input.Reference, i => i.Reference);
        if (problems.Count == 0 && spec is JobSpec job) spec = job.WithInputs(reference => found.GetValueOrDefault(reference, reference));
        return new Admitted(spec, reading.Spec, found, reading.Positions, problems.InOrder());
    }

    /// <summary>What is judged by itself: a sweep's job, and the examples that its trials are compared on.</summary>
    private static IEnumerable<(Spec Part, SpecPositions Positions)> PartsOf(Spec spec, SpecPositions positions)
    {
        if (spec is not SweepSpec sweep)
        {
            yield return (spec, positions);
            yield break;
        }
        yield return (sweep.Job, positions.Below("job"));
        if (sweep.Evaluate is { } evaluate) yield return (new EvaluationSpec { Data = evaluate }, positions.Of(path => $"evaluate{path["data".Length..]}"));
    }

    private static IEnumerable<JobInput> InputsOf(Spec spec) => spec switch
    {
        JobSpec job => job.Inputs(),
        IStudySpec study => study.Artifacts().Select(m => new JobInput(m.Model, $"models.{m.Model}.artifact", m.Artifact, ArtifactKind.Model)),
        _ => [],
    };
}
