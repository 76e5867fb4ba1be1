using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.WebConsole.Figures;

/// <summary>A spec as text, without users, passwords and queries of addresses.</summary>
internal static class SpecText
{
    public static string Of(Spec spec) => Redaction.Of(JsonSerializer.SerializeToNode(spec, SpecJson.Options))!.ToJsonString(SpecJson.Indented);
}
