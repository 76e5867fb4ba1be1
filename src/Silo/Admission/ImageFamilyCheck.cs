using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>Which imported models work on images: those that are trained, and those that are asked.</summary>
internal static class ImageFamilyCheck
{
    private const string _vit = "vit";
    private const string _clip = "clip";

    public static IEnumerable<SpecProblem> Check(Spec spec, IReadOnlyList<ResolvedInput> inputs, SpecPositions positions)
    {
        if (spec is not JobSpec job || job.Examples()?.Dataset is not ImageDatasetSpec) yield break;
        var isTrained = job.Training() is not null;
        foreach (var input in inputs.Where(i => i.Input.Kind == ArtifactKind.Model && i.Family is not (null or _vit)))
        {
            if (input.Family != _clip)
                yield return positions.Problem(input.Input.Path, $"{input.Input.Reference} is a {input.Family}, which reads no images.", "Name an image classifier, a vit or a clip.");
            else if (isTrained)
                yield return positions.Problem(input.Input.Path, $"{input.Input.Reference} is a clip, which is scored and judged with the labels as texts but not trained here.", "Tune a vit, or carry a reward to the clip's scores.");
        }
    }
}
