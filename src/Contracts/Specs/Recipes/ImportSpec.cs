using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Takes a Hugging Face folder into the store after checking it: a checkpoint as an <see cref="ArtifactKind.Model"/>, a PEFT adapter as an
/// <see cref="ArtifactKind.Patch"/> of its base.
/// </summary>
[GenerateSerializer, Alias("ptune.ImportSpec")]
public sealed record ImportSpec : JobSpec
{
    [Id(0), Description("Where it comes from: uploaded, folder, hub or artifact.")]
    public required ImportSource From { get; init; }

    [Id(1), Description("The model that a patch belongs to: name@version, sha256:... or job:... Default: none, so a model is imported.")]
    public string? Base { get; init; }

    [Id(2), MaxLength(200), Description("The licence, where the folder's README.md names none.")]
    public string? Licence { get; init; }

    [Id(3), NotIdentity, Range(1, 1e15), Description("How many numbers the weights' files hold, by which memory is estimated; 'ptune models import' fills it in from a folder; of a repository of the hub, 'ptune models import --parameters N' says it. Default: not known.")]
    public long? Parameters { get; init; }

    [Id(4), Description("Whether an encoder without a classification head is taken, too: fine-tuning on labels draws one. Default: false.")]
    public bool? WithoutHead { get; init; }

    /// <summary>The files that are declared; none of a hub's.</summary>
    public IReadOnlyList<ImportFile> Files() => From switch { UploadedSource uploaded => uploaded.Files, FolderSource folder => folder.Files, _ => [] };

    public override IEnumerable<JobInput> Inputs() => [
        .. Base is null ? Array.Empty<JobInput>() : [new("base", "base", Base, ArtifactKind.Model)],
        .. From is ArtifactSource source ? [new("artifact", "from.artifact", source.Artifact, ArtifactKind.Patch)] : Array.Empty<JobInput>(),
    ];

    public override DataSpec? Examples() => null;

    public override IEnumerable<string> Uploads() => From is UploadedSource uploaded ? uploaded.Files.Select(file => file.Sha256) : [];

    public override ArtifactKind Produces() => Base is null ? ArtifactKind.Model : ArtifactKind.Patch;

    public override TrainingRecipe? Training() => null;

    public override int RecipeVersion() => 1;

    public override JobSpec WithInputs(Func<string, string> resolve) => this with
    {
        Base = Base is null ? null : resolve(Base),
        From = From is ArtifactSource source ? source with { Artifact = resolve(source.Artifact) } : From,
    };
}
