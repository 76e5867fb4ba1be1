using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>Whatever is combined gives probabilities over the same labels in the same order: the data set's.</summary>
internal static class OutputSpaceCheck
{
    /// <param name="spec">What is admitted; null: work whose inputs all count.</param>
    public static IEnumerable<SpecProblem> Check(SpecData? data, IReadOnlyList<ResolvedInput> inputs, SpecPositions positions, Spec? spec = null)
    {
        var (name, space) = data is { } d ? ($"data set '{d.Dataset.Name}'", KnownSpace.Of(d.Dataset)) : First(inputs);
        if (space is null) yield break;
        foreach (var input in inputs)
        {
            // Of vocabularies the job itself decides: those that differ may agree in all that both have, and a language model answers with labels by writing them.
            if (input.Space is null || GetsAnotherHead(input, inputs, data, spec) || (data?.Dataset is not ImageDatasetSpec && input.Space.Labels is null) || input.Space.Agrees(space)) continue;
            yield return positions.Problem(
                input.Input.Path,
                $"{input.Input.Reference} has {input.Space}, the {name} has {space}: they do not agree.",
                "Use an artifact and a data set with the same labels in the same order.");
        }
    }

    // A classifier of the Hugging Face formats gets the labels of the data that it is tuned on, and a patch brings those that it was tuned with.
    private static bool GetsAnotherHead(ResolvedInput input, IReadOnlyList<ResolvedInput> inputs, SpecData? data, Spec? spec) =>
        (data?.Dataset is TextDatasetSpec || input.Family is not null)
        && ((spec is FineTuningSpec && input.Input.Role == "base") || (input.Input.Role == "subject" && inputs.Any(other => other.Input.Role == "patch" && other.Space?.Labels is not null)));

    private static (string Name, KnownSpace? Space) First(IReadOnlyList<ResolvedInput> inputs) =>
        inputs.FirstOrDefault(i => i.Space is not null) is { } first ? ($"input {first.Input.Path}", first.Space) : ("", null);
}
