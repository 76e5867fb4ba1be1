using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Carrying;

/// <summary>Whether models in the store have the same tokens.</summary>
internal static class StoredTokens
{
    /// <summary>Null where the artifact has no tokenizer.json: the job compares the tokens then.</summary>
    /// <exception cref="CliException">The file is damaged, or the server cannot be reached.</exception>
    public static async Task<TokenTable?> ReadAsync(ServerClient client, ArtifactView artifact, string name, CancellationToken cancellation)
    {
        try
        {
            return await TokenTable.ReadAsync(artifact.Manifest.Files, path => client.OpenAsync(ServerClient.Fill(Routes.ArtifactFile, artifact.Digest).Replace("{*path}", path, StringComparison.Ordinal), cancellation), cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new CliException(ExitCode.Usage, $"{name}: {e.Message}");
        }
    }

    /// <summary>That each id that both have means the same token.</summary>
    /// <exception cref="CliException">It does not; the first ten are named.</exception>
    public static void RequireAgreement(TokenTable artifact, TokenTable target, string from, string to)
    {
        if (artifact.Disagreement(target, from, to) is { } different)
            throw new CliException(ExitCode.Usage, different, "Patches and rewards of tokens are carried between models with one vocabulary; for another one, retrain.");
    }
}
