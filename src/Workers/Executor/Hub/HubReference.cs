using Ptune.Contracts.Specs;
using Ptune.Learning;

namespace Ptune.Executor.Hub;

/// <summary>A repository of the Hugging Face hub at a revision, written <c>hf:OWNER/NAME[@REVISION]</c>.</summary>
/// <param name="Repository">OWNER/NAME.</param>
/// <param name="Revision">A branch, a tag or a commit; null: the default branch.</param>
internal sealed record HubReference(string Repository, string? Revision)
{
    public const string Prefix = "hf:";

    private const string Form = "Write hf:OWNER/NAME or hf:OWNER/NAME@REVISION, where REVISION is a branch, a tag or a commit.";

    /// <summary>What the hub is asked for: without a revision, its default branch.</summary>
    public string Asked => Revision ?? "main";

    /// <summary>The revision is a whole commit id, which never stands for anything else.</summary>
    public bool IsPinned => Revision is not null && IsCommit(Revision);

    /// <exception cref="DataException">It has another form; the message says what is wrong.</exception>
    public static HubReference Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) throw new DataException($"'{HubText.Shown(text)}' does not begin with {Prefix}. {Form}");
        var place = text[Prefix.Length..];
        if (place.StartsWith("//", StringComparison.Ordinal)) throw new DataException($"'{HubText.Shown(text)}' has slashes after {Prefix}. {Form}");
        var at = place.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? Of(place, null) : Of(place[..at], place[(at + 1)..]);
    }

    /// <summary>From its two parts.</summary>
    /// <exception cref="DataException">One of them cannot be right; the message says why.</exception>
    public static HubReference Of(string repository, string? revision)
    {
        if (!repository.Contains('/', StringComparison.Ordinal))
            throw new DataException($"'{HubText.Shown(repository)}' has no owner; for example gpt2 is openai-community/gpt2. {Form}");
        if (!HubNames.IsRepository(repository))
        {
            throw new DataException(
                $"'{HubText.Shown(repository)}' cannot be a repository's name: OWNER/NAME has letters, digits, '-', '_' and '.', at most {HubNames.LongestName} each, "
                + $"no '--' or '..', and neither part begins or ends with '-' or '.'. {Form}");
        }
        if (revision is not null && !HubNames.IsRevision(revision))
            throw new DataException($"'{HubText.Shown(revision)}' cannot be a revision of {repository}: it is empty, too long, or has characters that no branch or tag has. {Form}");
        // Commit ids have no case, but the hub and its cache write small letters.
        return new HubReference(repository, revision is not null && IsCommit(revision.ToLowerInvariant()) ? revision.ToLowerInvariant() : revision);
    }

    public override string ToString() => Revision is null ? $"{Prefix}{Repository}" : $"{Prefix}{Repository}@{Revision}";

    internal static bool IsCommit(string text) => HubNames.IsCommit(text);
}
