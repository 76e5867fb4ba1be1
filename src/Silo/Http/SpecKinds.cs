using System.Reflection;
using System.Text.Json.Serialization;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Http;

/// <summary>The kinds of specs, as they are written.</summary>
internal static class SpecKinds
{
    private static readonly Dictionary<Type, string> Names = typeof(Spec).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    /// <summary>The kind of a study's row in the catalog.</summary>
    public static readonly string Study = Names[typeof(TransferStudySpec)];

    public static IEnumerable<string> OfJobs => Names.Values.Where(n => n != Study);

    public static string Of(Spec spec) => Names[spec.GetType()];
}
