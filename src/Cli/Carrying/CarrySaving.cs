using Ptune.Cli.Runs;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Carrying;

/// <summary>Publishes what was carried: a patch as an artifact of the target, a reward by a name for the target.</summary>
internal sealed class CarrySaving(Session session, ServerLease server, Interruption interruption, CarryOrder order, CarryParties parties)
{
    /// <exception cref="CliException">The name stands for something that this command cannot have made.</exception>
    public async Task RequireFreeNameAsync()
    {
        if (order.Save is not { } name || order.Move) return;
        if (await server.UseAsync(client => new PublishedName(client, name).DigestAsync(interruption.Token)) is not { } taken || (!parties.IsPatch && taken == parties.Artifact.Digest)) return;
        var there = await server.UseAsync(client => client.FindAsync<Contracts.Artifacts.ArtifactView>(ServerClient.Fill(Routes.Artifact, taken), interruption.Token));
        if (there?.Manifest.Recipe is ImportSpec { From: ArtifactSource { Artifact: var from }, Base: var of } && from == parties.Artifact.Digest && of == parties.Target.Digest) return;
        throw new PublishedName(server.Client, name).Taken(taken);
    }

    /// <returns>The digest that the name stands for, null where nothing is to be saved; or the exit code of what failed.</returns>
    public async Task<(string? Digest, int? Failed)> ToEndAsync()
    {
        if (order.Save is not { } name) return (null, null);
        if (!parties.IsPatch)
        {
            var view = await server.UseAsync(client => client.PutAsync<NameView>(ServerClient.Fill(Routes.Name, name), new NameRequest(parties.Artifact.Digest, order.Move, Environment.UserName), interruption.Token));
            return (view.Digest, null);
        }
        var spec = new ImportSpec { Name = name, Publish = name, Base = parties.Target.Digest, From = new ArtifactSource { Artifact = parties.Artifact.Digest } };
        var submitted = await server.UseAsync(client => new Submitter(client).SubmitAsync(spec, fresh: false, interruption.Token, order.Move));
        var run = new InterruptibleRun(session, server, interruption);
        var final = await run.FollowAsync(submitted, RunDisplays.Create(session));
        if (final.Status != JobStatus.Succeeded) return (null, await run.FailedAsync(final, "The same command continues from there."));
        var digest = final.Job!.Result!.Artifact;
        await server.UseAsync(async client =>
        {
            await new PublishedName(client, name).RequireAsync(digest, CancellationToken.None);
            return true;
        });
        return (digest, null);
    }
}
