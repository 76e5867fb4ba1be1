namespace Ptune.Contracts.Messages;

/// <summary>A message that could not be read or handled, kept on the broker.</summary>
/// <param name="Pool">The pool in whose queue it was.</param>
/// <param name="Queue">The broker's queue that keeps it.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="At">When it was put aside; null where that is not known.</param>
/// <param name="Body">The beginning of its body; bytes that are not text are replaced.</param>
/// <param name="Bytes">The body's length.</param>
public sealed record DeadLetter(string Pool, string Queue, string Reason, DateTimeOffset? At, string Body, int Bytes);
