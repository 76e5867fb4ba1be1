using Ptune.Cli.Output;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Servers;

/// <summary>An artifact that a command names.</summary>
/// <param name="client">The server.</param>
/// <param name="reference">name@version, its digest, or a unique prefix of the digest.</param>
internal sealed class StoredArtifact(ServerClient client, string reference)
{
    /// <exception cref="CliException">There is none, or it is of another kind.</exception>
    public async Task<ArtifactView> FindAsync(ArtifactKind kind, CancellationToken cancellation)
    {
        var found = await client.GetAsync<ArtifactView>(ServerClient.Fill(Routes.Artifact, reference), cancellation);
        return found.Manifest.Kind == kind ? found : throw new CliException(ExitCode.Usage, $"'{reference}' is a {Words.Lower(found.Manifest.Kind)}; here a {Words.Lower(kind)} is needed.", $"'ptune {kind switch { ArtifactKind.Patch => "patches", ArtifactKind.Reward => "rewards", _ => "models" }}' lists them.");
    }

    /// <exception cref="CliException">There is none, or it is of another kind.</exception>
    public async Task<string> DigestAsync(ArtifactKind kind, CancellationToken cancellation) => (await FindAsync(kind, cancellation)).Digest;
}
