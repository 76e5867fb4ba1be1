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

    /// <summary>That the name stands for what has just been made.</summary>
    /// <exception cref="CliException">Another user was faster.</exception>
    public async Task RequireAsync(string digest, CancellationToken cancellation)
    {
        if (await DigestAsync(cancellation) is var found && found != digest)
            throw new CliException(ExitCode.JobFailed, $"The artifact {digest} is in the store, but {name} {(found is null ? "stands for nothing" : $"stands for {found}")}.", $"Name it with 'ptune tag {digest} {name} --move', or under another version.");
    }

    /// <summary>That the name stands for something else.</summary>
    public CliException Taken(string digest) => new(ExitCode.Usage, $"{name} stands for {digest}. Nothing was started.", "Move it with --move, or take another version; 'ptune tag --history' shows what a name has stood for.");
}
