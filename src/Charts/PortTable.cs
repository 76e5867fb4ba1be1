using System.Xml.Linq;
using Ptune.Contracts.Studies;

namespace Ptune.Charts;

/// <summary>What is known of a port beforehand, and what it costs.</summary>
public static class PortTable
{
    public static XElement Of(StudyResult result) => Html.Table(
        ["Target", ">KL from source (nats)", ">C, mean", ">C, max", ">Cost of port", ">Cost of EFT"],
        result.Targets.Select(t => new object?[]
        {
            t.Model, Words.Figure(t.KlFromSource, "0.000"), Words.Number(t.C, "0.00"), Words.Number(t.CMax, "0.0"), ResultTables.Ratio(t.InferenceCost?.Ported), ResultTables.Ratio(t.InferenceCost?.Eft),
        }));
}
