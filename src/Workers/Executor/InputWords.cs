using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Protocol;

namespace Ptune.Executor;

/// <summary>Words of a job that cannot succeed, with its inputs as its owner knows them: by role and digest, not by folders of a worker's cache.</summary>
internal static class InputWords
{
    /// <summary>Faults of the machine keep their paths: who runs the worker needs them.</summary>
    public static RunOutcome In(RunOutcome outcome, RunRequest request) =>
        outcome is { Cause: FailureCause.Invalid, Message: { } message } ? outcome with { Message = Replace(message, request) } : outcome;

    private static string Replace(string message, RunRequest request)
    {
        // A folder may lie below another's.
        foreach (var (role, folder) in request.Inputs.OrderByDescending(input => input.Value.Length))
            message = message.Replace(folder.TrimEnd(Path.DirectorySeparatorChar), Name(role, request.InputDigests.GetValueOrDefault(role)), StringComparison.Ordinal);
        return message;
    }

    private static string Name(string role, string? digest) => digest is null ? $"the input '{role}'" : $"the input '{role}' ({Digest.Abbreviate(digest)})";
}
