using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs;

/// <summary>
/// A job's input is written as one of <c>sha256:HEX</c> (an artifact's digest), <c>job:ID</c> (what that job makes) and
/// <c>name@version</c> (an alias of a digest; replaced by the digest when the job is submitted, since it decides the result).
/// </summary>
public static partial class InputRef
{
    public const string JobPrefix = "job:";
    public const string DigestPrefix = "sha256:";

    public static string ToJob(string jobId) => JobPrefix + jobId;

    public static bool IsJob(string reference) => reference.StartsWith(JobPrefix, StringComparison.Ordinal);

    public static bool IsDigest(string reference) => DigestForm().IsMatch(reference);

    public static bool IsAlias(string reference) => AliasForm().IsMatch(reference);

    public static string JobId(string reference) => reference[JobPrefix.Length..];

    [GeneratedRegex(@"^sha256:[0-9a-f]{64}\z")]
    private static partial Regex DigestForm();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}@[A-Za-z0-9][A-Za-z0-9._-]{0,30}\z")]
    private static partial Regex AliasForm();
}
