using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>A model that is trained on texts reads each example at once, so none may be longer than its context.</summary>
internal static class ContextCheck
{
    public static IEnumerable<SpecProblem> Check(Spec spec, IReadOnlyList<ResolvedInput> inputs, SpecPositions positions)
    {
        if (spec is not JobSpec job || job.Training() is null || job.Examples() is not { Dataset: TextDatasetSpec, MaxTokens: { } length }) yield break;
        foreach (var input in inputs.Where(i => i.Input.Kind == ArtifactKind.Model && i.Context < length))
            yield return positions.Problem("data.maxTokens", $"Examples have up to {length} tokens, and {input.Input.Reference} reads {input.Context} at once.", $"Write 'maxTokens: {input.Context}', or take a model with a longer context.");
    }
}
