using Ptune.Learning.Transfer;

namespace Ptune.Learning.Evaluation;

/// <summary>Which examples a classifier gets right: the label of its highest score, the first one where several are highest.</summary>
internal sealed record CorrectPredictions(bool[] IsCorrect)
{
    public double Accuracy => (double)IsCorrect.Count(correct => correct) / IsCorrect.Length;

    public static CorrectPredictions Of(ScoreTable scores, long[] labels)
    {
        bool[] right = new bool[scores.Count];
        for (int row = 0; row < right.Length; row++)
        {
            var values = scores.Row(row);
            int best = 0;
            for (int y = 1; y < values.Length; y++)
            {
                if (values[y] > values[best]) best = y;
            }

            right[row] = best == labels[row];
        }

        return new CorrectPredictions(right);
    }
}
