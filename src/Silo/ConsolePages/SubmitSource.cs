using Ptune.Contracts.Specs;
using Ptune.Silo.Admission;
using Ptune.Silo.Http;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Submits of the console: a form is sent once, so it has no idempotency key; all else is as in <see cref="Submits"/>.</summary>
internal sealed class SubmitSource(SpecAdmission admission, QueueQuota quota, IGrainFactory grains, IVisitors visitors) : ISubmitSource
{
    private const string Asker = "console";

    public async Task<SubmitAnswer> SubmitAsync(HttpContext http, string text)
    {
        var visitor = visitors.Of(http);
        var tenant = visitor.Tenant;
        var admitted = await admission.AdmitAsync(tenant, text, http.RequestAborted);
        if (admitted.Problems.Count > 0) return Refused(admitted.Problems.Count == 1 ? "The spec has a mistake; nothing was started." : $"The spec has {admitted.Problems.Count} mistakes; nothing was started.", [.. admitted.Problems]);
        return admitted.Spec switch
        {
            IStudySpec study => await SubmitAsync(http, visitor, study, admitted, new StudySubmit(grains), "/studies/"),
            SweepSpec sweep => await SubmitAsync(http, visitor, sweep, admitted, new SweepSubmit(grains), "/sweeps/"),
            JobSpec job => await SubmitAsync(http, visitor, job, admitted, new JobSubmit(grains, Ownership.Asker(http, null, Asker)!), "/jobs/"),
            _ => Refused("This kind of spec cannot be submitted.", []),
        };
    }

    private async Task<SubmitAnswer> SubmitAsync<TSpec, TView>(HttpContext http, Visitor visitor, TSpec spec, Admitted admitted, SubmitKind<TSpec, TView> kind, string path)
        where TSpec : class where TView : class
    {
        var request = new SubmitRequest<TSpec>(visitor.Tenant, spec, admitted.Resolved, Nonce: null, visitor.Stamp, Submitter: Ownership.Submitter(http));
        var cancellation = http.RequestAborted;
        var target = kind.Target(request, cancellation);
        if (await kind.ProblemAsync(target.Id, request, admitted.Positions) is { } problem) return Refused("The spec cannot be submitted as it is; nothing was started.", [problem]);
        if (await quota.RefusalAsync(visitor.Tenant, admitted.Spec!.Scheduling.Pool, target.JobIds) is { } full) return Refused($"{full} Submit again when some of them have started, or cancel some.", []);
        cancellation.ThrowIfCancellationRequested();
        return new SubmitAnswer(path + kind.IdOf(await kind.SubmitAsync(target.Id, request)), null, []);
    }

    private static SubmitAnswer Refused(string why, Contracts.Specs.Reading.SpecProblem[] problems) => new(null, why, problems);
}
