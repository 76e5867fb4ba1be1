namespace Ptune.Learning.Tokenization;

/// <summary>A conversation as ids.</summary>
/// <param name="Text">The rendered text.</param>
/// <param name="Ids">Its ids. What the template writes is all there is: nothing is put around it.</param>
/// <param name="Learned">Which ids the loss of the answers sees; null where that was not asked for.</param>
public sealed record EncodedChat(string Text, int[] Ids, bool[]? Learned);
