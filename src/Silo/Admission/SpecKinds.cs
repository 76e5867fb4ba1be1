using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>The kinds of specs, as they are written.</summary>
internal static class SpecKinds
{
    /// <inheritdoc cref="KindNames.Study"/>
    public static string Study => KindNames.Study;

    /// <inheritdoc cref="KindNames.Sweep"/>
    public static string Sweep => KindNames.Sweep;

    public static IEnumerable<string> OfJobs => KindNames.OfJobs;

    /// <inheritdoc cref="KindNames.IsOfJob"/>
    public static bool IsOfJob(string kind) => KindNames.IsOfJob(kind);

    public static string Of(Spec spec) => KindNames.Of(spec);

    /// <summary>A spec of another kind than is taken here, and where it is taken.</summary>
    public static SpecProblem Misplaced(Spec spec, string wanted, SpecPositions positions)
    {
        var (noun, route) = spec switch
        {
            IStudySpec => ("a study", Routes.Studies),
            SweepSpec => ("a sweep", Routes.Sweeps),
            _ => ("a job", Routes.Jobs),
        };
        return positions.Problem("kind", $"{Of(spec)} is {noun}, not {wanted}.", $"POST it to {route}.");
    }
}
