using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ptune.Contracts.Specs;

/// <summary>
/// A language model of a study: from the store (<c>artifact</c>), from a folder or the hub (<c>from</c>), pretrained from fresh weights (<c>architecture</c>, <c>tokenizer</c> and
/// <c>pretraining</c>), or another model whose pretraining is continued (<c>updates</c> and <c>pretraining</c>).
/// </summary>
[GenerateSerializer, Alias("ptune.StudyLanguageModel")]
public sealed record StudyLanguageModel
{
    [Id(0), Description("A model in the store: name@version or sha256:...")]
    public string? Artifact { get; init; }

    [Id(1), Description("The architecture to pretrain. An update has that of the model that it updates.")]
    public ArchitectureSpec? Architecture { get; init; }

    [Id(2), Description("The tokenizer of a model with fresh weights.")]
    public TokenizerSpec? Tokenizer { get; init; }

    [Id(3), Description("The model that is trained further: a name under models.")]
    public string? Updates { get; init; }

    [Id(4), Description("How it is pretrained.")]
    public StudyLanguagePretraining? Pretraining { get; init; }

    [Id(5), ClientPath, MaxLength(IDatasetSpec.MaxLocation), Description("A checkpoint that the study imports: a Hugging Face folder on the client's machine, whose files are sent to the store, hf:OWNER/NAME[@REVISION], or 'uploads:' for files that were uploaded.")]
    public string? From { get; init; }

    [Id(6), MinLength(1), MaxLength(TextDatasetSpec.MaxFiles), Description("The files of that folder, each with its SHA-256. Default: the client reads the folder.")]
    public ImportFile[]? Files { get; init; }

    [Id(7), MaxLength(200), Description("The checkpoint's licence, where its README.md names none.")]
    public string? Licence { get; init; }

    /// <summary>Whether it is imported from a folder whose files nobody has declared yet.</summary>
    public bool IsUndeclaredFolder() => From is { } from && Files is null && !HubSource.IsHub(from);

    /// <summary>Where its import reads it; null: it is not imported. A folder's files that are not declared are none.</summary>
    public ImportSource? Source() => From switch
    {
        null => null,
        { } from when HubSource.IsHub(from) => HubSource.Of(from),
        IDatasetSpec.Uploads => new UploadedSource { Files = Files ?? [] },
        { } folder => new FolderSource { Path = folder, Files = Files ?? [] },
    };
}
