using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Jobs.Language;

namespace Ptune.Learning.Jobs;

/// <summary>Takes a Hugging Face folder, or a PEFT folder, in as an artifact after checking it; nothing is half imported.</summary>
internal static class ImportJob
{
    private const string _base = "base";

    public static JobOutcome Run(JobContext context, ImportSpec spec) => spec.Base is null ? Model(context, spec) : Patch(context, spec);

    private static JobOutcome.Completed Model(JobContext context, ImportSpec spec)
    {
        var notes = new List<string>();
        string? commit = null;
        string folder = context.OutputFolder;
        if (spec.From is FolderSource referenced) folder = referenced.Path;
        else commit = Lay(context, spec.From, folder, notes);
        var made = FolderImport.Run(new ModelImportOptions { Folder = folder, Target = context.OutputFolder, ByReference = spec.From is FolderSource, Licence = spec.Licence, WithoutHead = spec.WithoutHead == true }, context.Run.Stop);
        if (spec.From is FolderSource source) RequireDeclared(context, source);
        var attributes = ModelAttributes.Of(made.Facts);
        Say(attributes, commit, [.. notes, .. made.Notes]);
        return context.Complete(ArtifactKind.Model, ModelAttributes.Metrics(made.Facts), attributes, labels: made.Facts.Labels, files: made.Files);
    }

    private static JobOutcome.Completed Patch(JobContext context, ImportSpec spec)
    {
        var notes = new List<string>();
        string? commit = null;
        string folder = Path.Combine(context.Run.WorkFolder, "source");
        if (spec.From is FolderSource source) folder = source.Path;
        else if (spec.From is ArtifactSource) folder = context.Input("artifact");
        else commit = Lay(context, spec.From, folder, notes);
        string model = context.Input(_base);
        var made = PatchImport.Run(new PatchImportOptions { Folder = folder, Base = model, BaseNames = [context.InputDigest(_base)], Target = context.OutputFolder }, context.Run.Stop);
        var attributes = ModelAttributes.Of(made.Facts);
        attributes[AttributeNames.Base] = context.InputDigest(_base);
        Say(attributes, commit, [.. notes, .. made.Notes]);
        return context.Complete(ArtifactKind.Patch, ModelAttributes.Metrics(made.Facts), attributes, labels: made.Facts.Labels, files: made.Files);
    }

    /// <summary>Puts the source's files into a folder; the commit, where they come from a hub.</summary>
    private static string? Lay(JobContext context, ImportSource source, string folder, List<string> notes)
    {
        if (source is UploadedSource uploaded)
        {
            foreach (var file in uploaded.Files) FileLink.Make(context.Upload(file), Path.Combine(folder, file.Path));
            return null;
        }

        if (source is not HubSource hub) throw new LearningException($"This worker knows no source {source.GetType().Name}.");
        if (context.Run.FetchRepository is not { } fetch) throw new DataException($"{hub.Repository} is not fetched here.");
        var fetched = fetch(hub, folder, context.Run.Stop);
        notes.AddRange(fetched.Notes);
        return fetched.Commit;
    }

    // The job's identity are the digests that were declared.
    private static void RequireDeclared(JobContext context, FolderSource source)
    {
        var found = FolderReference.Read(Path.Combine(context.OutputFolder, FolderReference.FileName)).Files.ToDictionary(file => file.Path, file => file.Digest, StringComparer.Ordinal);
        foreach (var file in source.Files)
        {
            if (found.TryGetValue(file.Path, out string? digest) && Contracts.Identity.Digest.Hex(digest) != file.Sha256)
                throw new DataException($"{Path.Combine(source.Path, file.Path)}: the file's SHA-256 is {Contracts.Identity.Digest.Hex(digest)}, but the spec declares {file.Sha256}. It has changed, or is another version.");
        }

        if (found.Keys.FirstOrDefault(path => source.Files.All(file => file.Path != path)) is { } undeclared)
            throw new DataException($"{Path.Combine(source.Path, undeclared)} belongs to the model, and the spec does not declare it. Add it under from.files.");
    }

    private static void Say(SortedDictionary<string, string> attributes, string? commit, IReadOnlyList<string> notes)
    {
        if (commit is not null) attributes[AttributeNames.Commit] = commit;
        if (notes.Count > 0) attributes[AttributeNames.Notes] = string.Join('\n', notes);
    }
}
