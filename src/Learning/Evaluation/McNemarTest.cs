namespace Ptune.Learning.Evaluation;

/// <summary>
/// McNemar's test of two classifiers on the same examples (Psychometrika 12, 1947), exact: of the examples that only one of them gets
/// right, each falls to either with probability 1/2 if they are equally good, so the smaller number is binomial.
/// </summary>
/// <param name="B">Only the first is right.</param>
/// <param name="C">Only the second is right.</param>
/// <param name="P">Two-sided: min(1, 2 P(X &lt;= min(b, c))), X ~ Binomial(b + c, 1/2). No approximation, so none for large numbers either.</param>
internal readonly record struct McNemarTest(int B, int C, double P)
{
    public static McNemarTest Of(CorrectPredictions first, CorrectPredictions second)
    {
        int b = 0, c = 0;
        for (int i = 0; i < first.IsCorrect.Length; i++)
        {
            if (first.IsCorrect[i] && !second.IsCorrect[i]) b++;
            if (!first.IsCorrect[i] && second.IsCorrect[i]) c++;
        }

        return new McNemarTest(b, c, PValue(b, c));
    }

    internal static double PValue(int b, int c)
    {
        int n = b + c;
        // Logarithms, since 2^-n is below the smallest double from n = 1075 on.
        double logTerm = -n * Math.Log(2);
        double sum = Math.Exp(logTerm);
        for (int i = 1; i <= Math.Min(b, c); i++)
        {
            logTerm += Math.Log(n - i + 1) - Math.Log(i);
            sum += Math.Exp(logTerm);
        }

        return Math.Min(1, 2 * sum);
    }
}
