using Ptune.Contracts.Specs;
using Ptune.Silo.Admission;
using Ptune.Silo.Http;
using Ptune.Silo.Security;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>Submits of the console go the way of the API's. A form is sent once, so it has no idempotency key.</summary>
internal sealed class SubmitSource(SpecAdmission admission, Submits submits, IGrainFactory grains) : ISubmitSource
{
    private const string Asker = "console";

    public async Task<SubmitAnswer> SubmitAsync(HttpContext http, string text)
    {
        var admitted = await admission.AdmitAsync(http.Caller(), text, http.RequestAborted);
        if (admitted.Problems.Count > 0) return Refused(admitted.Problems.Count == 1 ? "The spec has a mistake; nothing was started." : $"The spec has {admitted.Problems.Count} mistakes; nothing was started.", [.. admitted.Problems]);
        return admitted.Spec switch
        {
            IStudySpec study => await SubmitAsync(http, study, admitted, new StudySubmit(grains), "/studies/"),
            SweepSpec sweep => await SubmitAsync(http, sweep, admitted, new SweepSubmit(grains), "/sweeps/"),
            JobSpec job => await SubmitAsync(http, job, admitted, new JobSubmit(grains, Ownership.Asker(http, null, Asker)!), "/jobs/"),
            _ => Refused("This kind of spec cannot be submitted.", []),
        };
    }

    private async Task<SubmitAnswer> SubmitAsync<TSpec, TView>(HttpContext http, TSpec spec, Admitted admitted, SubmitKind<TSpec, TView> kind, string path)
        where TSpec : class where TView : class
    {
        var outcome = await submits.SubmitAsync(http, kind, spec, admitted);
        if (outcome.View is { } view) return new SubmitAnswer(path + kind.IdOf(view), null, []);
        if (outcome.Over is { } over) return Refused($"{over} {ApiProblems.OverBudgetHelp}", []);
        return outcome.Problem is { } problem
            ? Refused("The spec cannot be submitted as it is; nothing was started.", [problem])
            : Refused($"{outcome.Full} Submit again when some of them have started, or cancel some.", []);
    }

    private static SubmitAnswer Refused(string why, Contracts.Specs.Reading.SpecProblem[] problems) => new(null, why, problems);
}
