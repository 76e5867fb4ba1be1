using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Cli.Specs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Imports;

/// <summary>The checkpoints that a study imports from folders of this machine.</summary>
/// <param name="session">Shows the progress.</param>
/// <param name="client">The server that gets the files; null: nothing is sent.</param>
internal sealed class StudyCheckpoints(Session session, ServerClient? client)
{
    /// <summary>Reads the folders' files for their digests, and sends those that the store lacks.</summary>
    /// <returns>The spec with the files declared.</returns>
    /// <exception cref="CliException">A folder holds no model; the server cannot be reached, or refuses a file.</exception>
    public async Task<SpecFile> ApplyAsync(SpecFile file, CancellationToken cancellation)
    {
        if (file.Spec is not LanguageStudySpec study || !study.Models.Values.Any(model => model.IsUndeclaredFolder())) return file;
        var folders = study.Models.Where(model => model.Value.IsUndeclaredFolder()).ToDictionary(model => model.Key, model => ModelFiles.In(model.Value.From!));
        var declared = new Dictionary<string, ImportFile[]>();
        await TransferDisplay.ShowAsync(session.Terminal, async progress =>
        {
            foreach (var (name, files) in folders)
            {
                var digests = new List<ImportFile>();
                foreach (var one in files) digests.Add(new ImportFile { Path = one.Name, Sha256 = await FileUpload.DigestOfAsync(one.Path, progress, cancellation), Bytes = one.Bytes });
                declared[name] = [.. digests];
            }
            if (client is null) return;
            var upload = new FileUpload(client, session.Clock, progress);
            foreach (var (one, digest) in folders.SelectMany(folder => folder.Value.Zip(declared[folder.Key])).DistinctBy(pair => pair.Second.Sha256))
                await upload.RunAsync(one.Path, digest.Sha256, cancellation);
        });
        if (client is not null)
        {
            var all = folders.Values.SelectMany(files => files).ToArray();
            session.Terminal.Note($"{Words.Count(all.Length, "file")} of {Words.Count(folders.Count, "model")} ({Words.Bytes(all.Sum(one => one.Bytes))}) {(all.Length == 1 ? "is" : "are")} in the server's store.");
        }

        Spec spec = study with { Models = study.Models.ToDictionary(model => model.Key, model => declared.TryGetValue(model.Key, out var files) ? model.Value with { From = IDatasetSpec.Uploads, Files = files } : model.Value) };
        return file with { Spec = spec, Text = SpecText.Of(spec) };
    }
}
