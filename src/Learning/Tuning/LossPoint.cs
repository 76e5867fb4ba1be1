namespace Ptune.Learning.Tuning;

/// <summary>A point of the loss curve: the mean training loss, in nats, of the steps since the last point.</summary>
public readonly record struct LossPoint(long Step, double Loss);
