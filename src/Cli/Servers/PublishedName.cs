using Ptune.Contracts.Http;

namespace Ptune.Cli.Servers;

/// <summary>A name that a result is to get.</summary>
/// <param name="client">The server.</param>
/// <param name="name">NAME@VERSION.</param>
internal sealed class PublishedName(ServerClient client, string name)
{
    /// <summary>The artifact that the name stands for; null: it is free.</summary>
    public async Task<string?> DigestAsync(CancellationToken cancellation) =>
        (await client.FindAsync<NameView>(ServerClient.Fill(Routes.Name, name), cancellation))?.Digest;

    /// <summary>Has the name stand for an artifact, whether or not the server has done it already.</summary>
    /// <exception cref="CliException">It stands for another one, and is not to be moved.</exception>
    public Task<NameView> SetAsync(string digest, bool move, CancellationToken cancellation) =>
        client.PutAsync<NameView>(ServerClient.Fill(Routes.Name, name), new NameRequest(digest, move, Environment.UserName), cancellation);

    /// <summary>That the name stands for something else.</summary>
    public CliException Taken(string digest) => new(ExitCode.Usage, $"{name} stands for {digest}. Nothing was started.", "Move it with --move, or take another version; 'ptune tag --history' shows what a name has stood for.");
}
