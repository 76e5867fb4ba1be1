using Ptune.Templates;
using Ptune.Templates.Chat;

namespace Ptune.Learning.Tokenization;

/// <summary>Where the answers stand in a text whose template does not say: an answer is what the text through it has more than the text up to it with the header of an answer.</summary>
internal static class AnswerSpans
{
    /// <param name="conversation">The whole conversation.</param>
    /// <param name="whole">Its text.</param>
    /// <param name="render">Renders a part of it.</param>
    /// <exception cref="TokenizerException">The template writes a turn otherwise when more follows, so that its place cannot be told.</exception>
    public static List<TextSpan> Find(Conversation conversation, string whole, Func<Conversation, string> render)
    {
        var spans = new List<TextSpan>();
        for (var turn = 0; turn < conversation.Count; turn++)
        {
            if (conversation.RoleOf(turn) != "assistant" || turn == 0) continue;
            var before = render(conversation.Until(turn, addGenerationPrompt: true));
            var through = turn + 1 == conversation.Count && !conversation.AddGenerationPrompt ? whole : render(conversation.Until(turn + 1, addGenerationPrompt: false));
            if (!through.StartsWith(before, StringComparison.Ordinal) || !whole.StartsWith(through, StringComparison.Ordinal))
            {
                throw new TokenizerException(
                    $"The chat template has no generation blocks, and writes what stands before message {turn + 1} otherwise when that message or a later one follows: which tokens are the answer's cannot be told.");
            }
            spans.Add(new TextSpan(before.Length, through.Length));
        }
        return spans;
    }
}
