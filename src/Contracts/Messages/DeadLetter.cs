namespace Ptune.Contracts.Messages;

/// <summary>A message that nobody could make anything of, kept on the broker.</summary>
/// <param name="Pool">The pool in whose queue it was.</param>
/// <param name="Queue">The broker's queue that keeps it.</param>
/// <param name="Reason">Why it was not taken, in words.</param>
/// <param name="At">When it was put aside; null where that is not known.</param>
/// <param name="Body">The beginning of its body, with what is no text replaced.</param>
/// <param name="Bytes">How long its body is.</param>
public sealed record DeadLetter(string Pool, string Queue, string Reason, DateTimeOffset? At, string Body, int Bytes);
