namespace Ptune.Messaging;

/// <summary>The broker did not take a wake-up in time. Nothing is lost: the pool's sweep sends another.</summary>
public sealed class MessagingUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
