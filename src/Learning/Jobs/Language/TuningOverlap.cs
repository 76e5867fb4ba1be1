using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Splitting;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Examples that something is judged on although it was tuned on them.</summary>
internal static class TuningOverlap
{
    /// <summary>Counts them, where the tuning data are still to be had; else nothing is said.</summary>
    public static void Add(IDictionary<string, double> measurements, JobContext context, DataSpec tunedOn, TextSelection texts)
    {
        TextSelection tuned;
        try
        {
            tuned = context.ReadTexts(tunedOn);
        }
        catch (Exception e) when (e is DataException or IOException)
        {
            return;
        }

        var seen = tuned.Records.Select(ContentKey.Of).ToHashSet();
        measurements[MetricNames.Overlap] = texts.Records.Count(record => seen.Contains(ContentKey.Of(record)));
    }
}
