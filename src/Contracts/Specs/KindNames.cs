using System.Reflection;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>The kinds of specs, as they are written and as the catalog's rows name them.</summary>
public static class KindNames
{
    private static readonly Dictionary<Type, string> Names = typeof(Spec).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    /// <summary>The kind of every study's row in the catalog.</summary>
    public static readonly string Study = Names[typeof(TransferStudySpec)];

    /// <summary>The kind of a sweep's row in the catalog.</summary>
    public static readonly string Sweep = Names[typeof(SweepSpec)];

    public static IEnumerable<string> OfJobs => Names.Where(kind => kind.Key.IsAssignableTo(typeof(JobSpec))).Select(kind => kind.Value);

    /// <summary>True for the kind of a single job.</summary>
    public static bool IsOfJob(string kind) => kind != Study && kind != Sweep;

    public static string Of(Spec spec) => Names[spec.GetType()];
}
