using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>A study's checkpoints lie in folders of the client's machine: a server cannot read those, so their files have to be declared.</summary>
internal static class ModelFolderCheck
{
    public static IEnumerable<SpecProblem> Check(Spec spec, SpecPositions positions) =>
        from model in spec is LanguageStudySpec study ? study.Models : []
        where model.Value.IsUndeclaredFolder()
        select positions.Problem($"models.{model.Key}.from", "The files of this folder are not declared, and a server does not read folders of its clients.", "Submit the spec with the client ptune, which reads and sends them; or upload the files, list them under 'files' and write 'from: uploads:'.");
}
