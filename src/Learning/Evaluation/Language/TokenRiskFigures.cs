namespace Ptune.Learning.Evaluation.Language;

/// <summary>What <see cref="TokenRisk"/> found on a probe.</summary>
/// <param name="Kl">eps: the mean of KL(source || target), in nats a token.</param>
/// <param name="CMean">The mean of C.</param>
/// <param name="CHigh">95 of 100 positions have at most this C.</param>
/// <param name="CMax">The largest C.</param>
/// <param name="Moved">The mean of KL(carried target || bare target), in nats a token.</param>
/// <param name="LargestChange">The most that a log-probability changes; 0 where the port does nothing.</param>
/// <param name="Positions">So many.</param>
internal sealed record TokenRiskFigures(double Kl, double CMean, double CHigh, double CMax, double Moved, double LargestChange, long Positions);
