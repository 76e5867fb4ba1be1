namespace Ptune.Learning.Tokenization;

/// <summary>A token that the tokenizer looks for in a text before it splits it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="IsSpecial">A control token: decoding for people leaves it out, and contents of messages never become it.</param>
/// <param name="IsNormalized">It is looked for in the normalized text.</param>
/// <param name="TakesSpacesBefore">White space before it belongs to it.</param>
/// <param name="TakesSpacesBehind">White space behind it belongs to it.</param>
public sealed record AddedToken(int Id, string Content, bool IsSpecial, bool IsNormalized, bool TakesSpacesBefore, bool TakesSpacesBehind);
