using System.Text.Json;
using Ptune.Cli.Output;
using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Imports;

/// <summary>One import: look at the name, read and send the files, submit the job, follow it, name its result, say what it is.</summary>
internal sealed class Importer(Session session, ServerLease server, Interruption interruption, ImportOrder order)
{
    /// <returns>The exit code.</returns>
    /// <exception cref="CliException">The folder or the name is refused, or the server cannot be reached.</exception>
    public async Task<int> ToEndAsync(IReadOnlyList<LocalFile> files, OutputFormat format)
    {
        var taken = order.Move ? null : await server.UseAsync(client => new PublishedName(client, order.Name).DigestAsync(interruption.Token));
        var former = taken is null ? null : await RecipeAsync(taken);
        // Only the same import may lead to the same artifact; whether it is the same is seen before a byte is sent.
        if (taken is not null && (former is null || order.IsFresh || (former.From is HubSource) != order.IsFromHub)) throw new PublishedName(server.Client, order.Name).Taken(taken);
        var folder = new FolderImport(session, server, interruption, files);
        var declared = order.IsFromHub ? [] : await folder.DigestAsync();
        var spec = await SpecAsync(declared, order.IsFromHub ? order.Parameters : folder.Parameters);
        if (taken is not null && !IsSame(former!, spec)) throw new PublishedName(server.Client, order.Name).Taken(taken);
        if (spec.From is UploadedSource)
        {
            session.Terminal.Note($"{order.Name}: {Words.Count(declared.Length, "file")}, {Words.Bytes(folder.Bytes)}, from {order.From}. What the store lacks is sent.");
            await folder.SendAsync(declared);
        }
        var submitted = await server.UseAsync(client => new Submitter(client).SubmitAsync(spec, order.IsFresh, interruption.Token, order.Move));
        var run = new InterruptibleRun(session, server, interruption);
        var final = await run.FollowAsync(submitted, RunDisplays.Create(session));
        if (final.Status != JobStatus.Succeeded) return await run.FailedAsync(final, "Nothing was imported. The same command begins again; what has been sent is not sent again.");
        var digest = final.Job!.Result!.Artifact;
        var artifact = await server.UseAsync(async client =>
        {
            await new PublishedName(client, order.Name).RequireAsync(digest, CancellationToken.None);
            return await client.GetAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, digest), CancellationToken.None);
        });
        ImportedArtifact.Write(session.Terminal, format, order, artifact, wasThere: submitted.Status == JobStatus.Succeeded);
        return ExitCode.Done;
    }

    private async Task<ImportSpec?> RecipeAsync(string digest) =>
        (await server.UseAsync(client => client.FindAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, digest), interruption.Token)))?.Manifest.Recipe as ImportSpec;

    private async Task<ImportSpec> SpecAsync(ImportFile[] declared, long? parameters)
    {
        // A digest, so that the patch belongs to the model that the user saw, whatever becomes of the name.
        var of = order.Base is null ? null : (await server.UseAsync(client => client.GetAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, order.Base), interruption.Token))).Digest;
        return new ImportSpec
        {
            Name = order.Name,
            Publish = order.Name,
            Base = of,
            Licence = order.Licence,
            Parameters = parameters,
            WithoutHead = order.WithoutHead ? true : null,
            From = order.IsFromHub ? order.Repository()
                : order.IsReference ? new FolderSource { Path = Path.GetFullPath(order.From), Files = declared }
                : new UploadedSource { Files = declared },
        };
    }

    private static bool IsSame(ImportSpec one, ImportSpec other) => JobIds.Of(JobIds.DefaultTenant, one) == JobIds.Of(JobIds.DefaultTenant, other);
}
