using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What a result says of the texts that it was made from: nothing is cut or dropped in silence.</summary>
internal static class TextFacts
{
    public static void Add(IDictionary<string, double> metrics, TextSelection selection, Split split)
    {
        metrics[MetricNames.Records] = selection.Splits.Records;
        metrics[MetricNames.DistinctRecords] = selection.Splits.Distinct;
        metrics[MetricNames.EmptyRecords] = selection.Counts.LeftOutEmpty;
        metrics[MetricNames.SplitRecords] = selection.Splits.Size(split);
    }

    public static void Add(IDictionary<string, double> metrics, EncodingCounts counts)
    {
        metrics[MetricNames.Count] = counts.Examples;
        metrics[MetricNames.Tokens] = counts.Tokens;
        metrics[MetricNames.TrainedTokens] = counts.TrainedTokens;
        metrics[MetricNames.CutTokens] = counts.TokensCut;
        metrics[MetricNames.CutExamples] = counts.Cut;
        metrics[MetricNames.DroppedExamples] = counts.TooLong;
        metrics[MetricNames.UntrainedExamples] = counts.Untrained;
    }
}
