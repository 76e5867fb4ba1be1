namespace Ptune.Contracts.Specs.Reading;

/// <content>Jobs on models alone: imports, preparations and generations; names.</content>
internal sealed partial class SpecRules
{
    private void Publish(string? name) => Require(
        name is null || InputRef.IsAlias(name), "publish", $"{Shown.Name(name ?? "")} is not a name and a version.", "Write NAME@VERSION, in letters, digits, '.', '_' and '-'.");

    private void Import(ImportSpec job)
    {
        Require(job.From is not ArtifactSource || job.Base is not null, "base", "A patch from the store needs the model that it becomes a patch of.", "Name it as 'base'.");
        var at = job.From switch { HubSource => "from.repository", FolderSource => "from.path", _ => "from" };
        Source(job.From, at, job.From is HubSource ? "from.revision" : "from.files");
    }

    /// <summary>Where a checkpoint comes from.</summary>
    /// <param name="source">The place.</param>
    /// <param name="path">Where it is named.</param>
    /// <param name="further">Where its revision is, or its files.</param>
    private void Source(ImportSource source, string path, string further)
    {
        if (source is HubSource hub)
        {
            Require(HubNames.IsRepository(hub.Repository), path, $"{Shown.Name(hub.Repository)} cannot be a repository's name.", "Write OWNER/NAME as the hub shows it.");
            Require(HubNames.IsRevision(hub.Revision), further, $"{Shown.Name(hub.Revision)} cannot be a commit, tag or branch.", "Write a commit, or remove it for main.");
        }
        if (source is FolderSource folder)
            Require(Path.IsPathFullyQualified(folder.Path) && !folder.Path.Any(char.IsControl), path, $"{Shown.Name(folder.Path)} is not a full path.", "Write the folder's full path.");
        var files = source switch { UploadedSource uploaded => uploaded.Files, FolderSource named => named.Files, _ => [] };
        var seen = new HashSet<string>();
        for (var i = 0; i < files.Length; i++)
        {
            Below(files[i].Path, $"{further}[{i}].path", "the folder");
            Require(seen.Add(files[i].Path), $"{further}[{i}].path", $"The file {Shown.Name(files[i].Path)} appears twice.", "Name it once.");
        }
    }

    private void Preparation(PreparationSpec job)
    {
        Require(job.Data.Dataset is TextDatasetSpec, "data.dataset.kind", "Only texts are prepared.", "Name a data set of texts.");
        Require(job.Model is null != job.Tokenizer is null, "model", "Exactly one of 'model' and 'tokenizer' says how texts are encoded.", "Give one of them.");
        if (job.Tokenizer is { } tokenizer) Tokenizer(tokenizer, "tokenizer");
    }

    private void Generation(GenerationSpec job)
    {
        Carried(job.Rewards, job.Emulated);
        FewShot(job.FewShot, isConversation: job.Conversations is not null);
        Require(job.FewShot is null || job.PromptIds is null, "fewShot", "Examples are put before texts, and these are ids.", "Give 'prompts'.");
        var given = new object?[] { job.Prompts, job.Conversations, job.PromptIds }.Count(prompts => prompts is not null);
        Require(given == 1, "prompts", given == 0 ? "There is nothing to continue." : "Prompts are given in more than one way.", "Give exactly one of 'prompts', 'conversations' and 'promptIds'.");
        Require(job.PromptIds is null || job.Stop is null, "stop", "Stop texts are looked for in text, and answers to ids are ids only.", "Remove 'stop'.");
        for (var i = 0; i < job.Stop?.Length; i++)
            Require(job.Stop[i].Length > 0, $"stop[{i}]", "An empty stop text would end every answer at once.", "Remove it.");
        Require(job.Now is null || DateTimeOffset.TryParse(job.Now, System.Globalization.CultureInfo.InvariantCulture, out _), "now", $"{Shown.Name(job.Now ?? "")} is not a time.", "Write it as 2026-01-31T12:00:00Z.");
        for (var i = 0; i < job.PromptIds?.Length; i++)
            Require(job.PromptIds[i].Length > 0, $"promptIds[{i}]", "A prompt without ids has nothing to continue.", "Remove it.");
    }
}
