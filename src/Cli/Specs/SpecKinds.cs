using System.Reflection;
using System.Text.Json.Serialization;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Specs;

/// <summary>The words that specs write behind <c>kind:</c>.</summary>
internal static class SpecKinds
{
    private static readonly Dictionary<Type, string> Words =
        typeof(Spec).GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    public static IReadOnlyCollection<string> All => Words.Values;

    public static string Of(Spec spec) => Words[spec.GetType()];
}
