using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Cli.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Runs;

/// <summary>Sends the data files of a spec that lie on this machine to a server that does not see them.</summary>
/// <param name="session">Shows the progress.</param>
/// <param name="client">The server.</param>
/// <param name="isWanted">Also to a server on this machine.</param>
internal sealed class DataUpload(Session session, ServerClient client, bool isWanted)
{
    /// <returns>The spec to submit; null after printing what is wrong with the files, of which none has been sent then.</returns>
    /// <exception cref="CliException">The server cannot be reached, or refuses a file.</exception>
    public async Task<SpecFile?> ApplyAsync(SpecFile file, CancellationToken cancellation)
    {
        if (!isWanted && client.Address.IsLoopback) return file;
        var (uploaded, files) = LocalData.Of(file);
        if (files.Count == 0)
        {
            if (isWanted) session.Terminal.Note("Nothing is uploaded: the spec names no texts in folders of this machine.");
            return file;
        }
        var problems = new List<SpecProblem>();
        await TransferDisplay.ShowAsync(session.Terminal, async progress =>
        {
            var upload = new FileUpload(client, session.Clock, progress);
            foreach (var one in files)
                if (await ProblemAsync(upload, one, file.Positions, cancellation) is { } problem) problems.Add(problem);
            if (problems.Count > 0) return;
            foreach (var one in files.DistinctBy(one => one.Sha256)) await upload.RunAsync(one.Path, one.Sha256, cancellation);
        });
        if (problems.Count > 0)
        {
            SpecFile.Print(file.Path, problems, session.Terminal);
            return null;
        }
        session.Terminal.Note($"{Words.Count(files.Count, "data file")} ({Words.Bytes(files.Sum(one => new FileInfo(one.Path).Length))}) {(files.Count == 1 ? "is" : "are")} in the server's store.");
        return uploaded;
    }

    private static async Task<SpecProblem?> ProblemAsync(FileUpload upload, LocalDataFile file, SpecPositions positions, CancellationToken cancellation)
    {
        if (!File.Exists(file.Path)) return positions.Problem(file.Place, $"There is no file '{file.Path}'.", "Correct the path, or put the file there.");
        var found = await upload.DigestAsync(file.Path, cancellation);
        return found == file.Sha256 ? null : positions.Problem(file.Place, $"The SHA-256 of '{file.Path}' is {found}, and the spec declares {file.Sha256}.", "Correct the digest, or restore the file.");
    }
}
