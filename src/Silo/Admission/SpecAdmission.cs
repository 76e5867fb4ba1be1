using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>Refuses early: everything about a spec that can be known before a worker is taken, in one go.</summary>
internal sealed class SpecAdmission(InputResolver resolver, DatasetCheck? datasets = null)
{
    public async Task<Admitted> AdmitAsync(string tenant, string text, CancellationToken cancellation)
    {
        var reading = SpecReader.Read(text);
        if (reading.Spec is not { } spec) return new Admitted(null, new Dictionary<string, string>(), reading.Positions, reading.Problems);

        var problems = new List<SpecProblem>();
        var inputs = new List<ResolvedInput>();
        foreach (var input in InputsOf(spec))
        {
            var (resolved, problem) = await resolver.ResolveAsync(tenant, input, reading.Positions, cancellation);
            if (problem is not null) problems.Add(problem);
            if (resolved is not null) inputs.Add(resolved);
        }
        var data = SpecData.Of(spec);
        problems.AddRange(OutputSpaceCheck.Check(data, inputs, reading.Positions));
        if (datasets is not null && data is not null) problems.AddRange(await datasets.CheckAsync(spec, data.Value, reading.Positions, cancellation));

        var aliases = inputs.Where(i => InputRef.IsAlias(i.Input.Reference)).DistinctBy(i => i.Input.Reference).ToDictionary(i => i.Input.Reference, i => i.Reference);
        if (problems.Count == 0 && spec is JobSpec job) spec = job.WithInputs(reference => aliases.GetValueOrDefault(reference, reference));
        return new Admitted(spec, aliases, reading.Positions, [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    private static IEnumerable<JobInput> InputsOf(Spec spec) => spec switch
    {
        JobSpec job => job.Inputs(),
        TransferStudySpec study => study.Models.Where(m => m.Value.Artifact is not null)
            .Select(m => new JobInput(m.Key, $"models.{m.Key}.artifact", m.Value.Artifact!, ArtifactKind.Model)),
        _ => [],
    };
}
