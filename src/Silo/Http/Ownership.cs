using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Sweeps;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>A submitter handles what it has submitted: a job, a study or a sweep, and the jobs of such a study or sweep. Operators handle everything of their tenant.</summary>
internal static class Ownership
{
    /// <summary>The name under which work is remembered as the caller's; null on an open server, where callers have none.</summary>
    public static string? Submitter(HttpContext http) => http.Caller() is { Name: not Caller.Local, Name: var name } ? name : null;

    /// <summary>What a job calls the caller. It begins with the caller's own name, so that nobody withdraws another one's request.</summary>
    /// <param name="given">What the client calls itself; null: nothing.</param>
    /// <param name="usual">On an open server, where the client says nothing.</param>
    public static string? Asker(HttpContext http, string? given, string? usual) => Submitter(http) is not { } name ? given ?? usual
        : given is null ? Askers.CallerPrefix + name : $"{Askers.CallerPrefix}{name}:{given}";

    public static async Task<ProblemHttpResult?> RefusalAsync(HttpContext http, IGrainFactory grains, JobView job) =>
        IsOperator(http) || IsOwn(http, job.Submitters) || await IsOfOwnGraphAsync(http, grains, job) ? null : Refuse("job", job.JobId);

    public static ProblemHttpResult? Refusal(HttpContext http, StudyView study) => IsOperator(http) || IsOwn(http, study.Submitters) ? null : Refuse("study", study.StudyId);

    public static ProblemHttpResult? Refusal(HttpContext http, SweepView sweep) => IsOperator(http) || IsOwn(http, sweep.Submitters) ? null : Refuse("sweep", sweep.SweepId);

    public static bool IsOperator(HttpContext http) => http.Caller().Is(Role.Operator);

    private static bool IsOwn(HttpContext http, string[] submitters) => submitters.Contains(http.Caller().Name);

    private static async Task<bool> IsOfOwnGraphAsync(HttpContext http, IGrainFactory grains, JobView job)
    {
        foreach (var asker in job.Askers)
        {
            if (Askers.StudyId(asker) is { } study && await grains.GetGrain<IStudyGrain>(study).Get() is { } ofStudy && IsOwn(http, ofStudy.Submitters)) return true;
            if (Askers.SweepId(asker) is { } sweep && await grains.GetGrain<ISweepGrain>(sweep).Get() is { } ofSweep && IsOwn(http, ofSweep.Submitters)) return true;
        }
        return false;
    }

    private static ProblemHttpResult Refuse(string noun, string id) => ApiProblems.Forbidden($"You have not submitted the {noun} {id}: an operator handles it, or whoever has.");
}
