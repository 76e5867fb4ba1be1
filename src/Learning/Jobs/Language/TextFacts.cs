using System.Globalization;
using System.Text;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What a result says of the texts that it was made from: nothing is cut or dropped in silence.</summary>
internal static class TextFacts
{
    /// <summary>A line of the job's log: what was read and what became of it.</summary>
    /// <param name="what">"Data" and the like.</param>
    /// <param name="unit">What the examples are.</param>
    /// <param name="areAnswers">Whether the loss sees an answer for each example and no tokens.</param>
    public static string Line(string what, TextSelection selection, Split split, EncodingCounts counts, string unit = "examples", bool areAnswers = false)
    {
        var line = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {selection.Splits.Records:N0} records, {selection.Splits.Distinct:N0} of them distinct, {selection.Splits.Size(split):N0} in the {split.ToString().ToLowerInvariant()} split; "
            + $"{counts.Examples:N0} {unit} with {counts.Tokens:N0} tokens"));
        if (!areAnswers) line.Append(CultureInfo.InvariantCulture, $", {counts.TrainedTokens:N0} of them trained");
        Add(selection.Counts.LeftOutEmpty, "empty records were dropped");
        Add(counts.Cut, string.Create(CultureInfo.InvariantCulture, $"{unit} were too long and lost {counts.TokensCut:N0} tokens"));
        Add(counts.TooLong, $"{unit} were too long and dropped");
        Add(counts.Untrained, $"{unit} had nothing to train, or nothing of it left, and were dropped");
        return line.Append('.').ToString();

        void Add(long count, string of)
        {
            if (count > 0) line.Append(CultureInfo.InvariantCulture, $"; {count:N0} {of}");
        }
    }

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
