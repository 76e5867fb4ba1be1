using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Examples with the answers that a network gives scores to, as that network reads them.</summary>
/// <param name="Network">Scores them.</param>
/// <param name="Right">The index of each example's right answer.</param>
/// <param name="Records">The record of each example.</param>
/// <param name="Counts">What encoding found.</param>
internal sealed record EncodedAnswers(IAnswerNetwork Network, IReadOnlyList<int> Right, IReadOnlyList<TextRecord> Records, EncodingCounts Counts);
