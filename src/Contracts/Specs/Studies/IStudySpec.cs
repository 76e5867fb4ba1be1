using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>
/// A comparison of models: of image classifiers (<see cref="TransferStudySpec"/>) or of language models (<see cref="LanguageStudySpec"/>). An interface, because a base
/// type would change what versions before have sent and stored.
/// </summary>
[JsonConverter(typeof(StudySpecConverter))]
public interface IStudySpec
{
    string Name { get; }

    Scheduling Scheduling { get; }

    long[] Seeds { get; }

    /// <summary>References to artifacts in the store, with their models' names.</summary>
    IEnumerable<(string Model, string Artifact)> Artifacts();
}
