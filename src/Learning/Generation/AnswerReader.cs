using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Generation;

/// <summary>Turns the tokens of a run into the texts and answers that its reader is given.</summary>
/// <param name="prompts">All of the run's.</param>
/// <param name="tokenizer">Null: the answers have no text.</param>
/// <param name="ends">The model's end tokens.</param>
internal sealed class AnswerReader(
    IReadOnlyList<EncodedPrompt> prompts, Tokenizer? tokenizer, FolderGenerationOptions options, IReadOnlyCollection<long> ends, IGenerationReader reader)
{
    private readonly AnswerText?[] _texts = new AnswerText?[prompts.Count];

    /// <summary>The numbers of the prompts that can be continued; the others are answered with their errors.</summary>
    /// <param name="problemOf">Why the model cannot continue a prompt; null: it can.</param>
    public int[] Sound(Func<IReadOnlyList<long>, string?> problemOf)
    {
        var sound = new List<int>();
        foreach (var (number, prompt) in prompts.Index())
        {
            if ((prompt.Error ?? problemOf(prompt.Ids)) is { } error)
            {
                reader.OnAnswer(number, new FolderAnswer { PromptIds = prompt.Ids, Error = error });
                continue;
            }

            sound.Add(number);
            if (tokenizer is not null) _texts[number] = new AnswerText(tokenizer, prompt.Ids, options.Stop, options.IgnoreEos ? [] : ends, part => reader.OnText(number, part));
        }

        return [.. sound];
    }

    /// <summary>Takes the next token of a prompt's answer and says whether its text ends there.</summary>
    public bool OnToken(int number, long token) => _texts[number]?.Add(token) ?? false;

    public void OnEnd(int number, GeneratedText answer)
    {
        string? text = _texts[number]?.Finish();
        var finish = _texts[number]?.Stopped == true ? FinishReason.Stop : answer.Finish;
        reader.OnAnswer(number, new FolderAnswer
        {
            PromptIds = prompts[number].Ids,
            Ids = answer.Ids,
            Text = text,
            Finish = finish.ToString().ToLowerInvariant(),
            TokensPerSecond = answer.Seconds > 0 ? answer.Ids.Count / answer.Seconds : null,
        });
    }
}
