namespace Ptune.Learning.Tokenization;

/// <summary>A tokenizer's file that cannot be used, or a text, id or conversation that it cannot take.</summary>
public sealed class TokenizerException(string message, Exception? inner = null) : LearningException(message, inner);
