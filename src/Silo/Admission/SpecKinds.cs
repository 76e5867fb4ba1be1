using System.Reflection;
using System.Text.Json.Serialization;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>The kinds of specs, as they are written.</summary>
internal static class SpecKinds
{
    private static readonly Dictionary<Type, string> Names = typeof(Spec).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    /// <summary>The kind of a study's row in the catalog.</summary>
    public static readonly string Study = Names[typeof(TransferStudySpec)];

    /// <summary>The kind of a sweep's row in the catalog.</summary>
    public static readonly string Sweep = Names[typeof(SweepSpec)];

    public static IEnumerable<string> OfJobs => Names.Where(kind => kind.Key.IsAssignableTo(typeof(JobSpec))).Select(kind => kind.Value);

    /// <summary>True for the kind of a single job.</summary>
    public static bool IsOfJob(string kind) => kind != Study && kind != Sweep;

    public static string Of(Spec spec) => Names[spec.GetType()];

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
