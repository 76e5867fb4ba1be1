using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Imports;

/// <summary>The files of a folder on this machine on their way into the store.</summary>
internal sealed class FolderImport(Session session, ServerLease server, Interruption interruption, IReadOnlyList<LocalFile> files)
{
    public long Bytes => files.Sum(file => file.Bytes);

    /// <summary>How many numbers the weights have; null: a file does not say, and the job will say why.</summary>
    public long? Parameters => WeightNumbers.In(files);

    /// <summary>Reads all files for their digests; nothing is sent.</summary>
    public async Task<ImportFile[]> DigestAsync()
    {
        var declared = new ImportFile[files.Count];
        await TransferDisplay.ShowAsync(session.Terminal, async progress =>
        {
            var upload = new FileUpload(server.Client, session.Clock, progress);
            for (var i = 0; i < declared.Length; i++) declared[i] = new ImportFile { Path = files[i].Name, Sha256 = await upload.DigestAsync(files[i].Path, interruption.Token), Bytes = files[i].Bytes };
        });
        return declared;
    }

    /// <summary>Sends what the store lacks.</summary>
    /// <exception cref="CliException">The server cannot be reached or refuses a file, or a file is no longer what it was.</exception>
    public async Task SendAsync(ImportFile[] declared)
    {
        try
        {
            await server.UseAsync(async client =>
            {
                await TransferDisplay.ShowAsync(session.Terminal, async progress =>
                {
                    var upload = new FileUpload(client, session.Clock, progress);
                    foreach (var (file, digest) in files.Zip(declared).DistinctBy(pair => pair.Second.Sha256)) await upload.RunAsync(file.Path, digest.Sha256, interruption.Token);
                });
                return true;
            });
        }
        catch (OperationCanceledException)
        {
            session.Terminal.Note("Interrupted: nothing was imported. What has been sent stays in the store for a day, so that the same command continues; 'ptune store gc' removes it later.");
            throw;
        }
    }
}
