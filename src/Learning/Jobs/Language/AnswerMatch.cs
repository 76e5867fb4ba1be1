using System.Text.RegularExpressions;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Generation;
using Ptune.Learning.Tokenization;
using Conversation = Ptune.Learning.Data.Text.Records.Conversation;
using Rendered = Ptune.Templates.Chat.Conversation;

namespace Ptune.Learning.Jobs.Language;

/// <summary>Whether the greedy answer to a prompt is the right one, after a normalizer.</summary>
internal static class AnswerMatch
{
    private static readonly TimeSpan _matchLimit = TimeSpan.FromSeconds(1);

    public static Judgement Judge(LanguageSubject subject, TextSelection texts, DataSpec data, ExactMatchTask task, CancellationToken stop)
    {
        var rule = RuleOf(task.Normalizer);
        var encoder = subject.Encoder(data);
        int end = encoder.EndOfText;
        var asked = texts.Records.Select(record => Ask(subject, encoder, record)).ToList();
        using var scorer = subject.TokenScorer();
        var stops = asked.Select(question => task.Stop is null ? null : new AnswerText(subject.Tokenizer.Tokenizer, [.. question.Ids.Select(id => (long)id)], task.Stop, [end], _ => { })).ToList();
        var answers = new TextGenerator(scorer).Generate(
            new GenerationRequest
            {
                Prompts = [.. asked.Select(question => (IReadOnlyList<long>)[.. question.Ids.Select(id => (long)id)])],
                MaxTokens = task.MaxTokens,
                Ends = [end],
                OnToken = (number, token) => stops[number]?.Add(token) ?? false,
            },
            stop);
        var right = answers.Select((answer, number) => rule.IsRight(stops[number]?.Finish() ?? Text(subject.Tokenizer.Tokenizer, answer.Ids), asked[number].Response)).ToList();
        return Judgement.OfRight(new Dictionary<string, IReadOnlyList<bool>> { [MetricNames.ExactMatch] = right });
    }

    private static string Text(Tokenizer tokenizer, IReadOnlyList<long> ids) => tokenizer.Decode([.. ids.Select(id => (int)id)]);

    private static (int[] Ids, string Response) Ask(LanguageSubject subject, Data.Text.Tokens.FolderEncoder encoder, TextRecord record)
    {
        switch (record)
        {
            case PromptResponse pair:
                return ([.. subject.Shown, .. encoder.Encode(pair.Prompt + "\n")], pair.Response);
            case Conversation { Messages: [.., { Role: Roles.Assistant } answer] } talk:
                var json = System.Text.Json.JsonSerializer.SerializeToElement(new { messages = talk.Messages.SkipLast(1).Select(message => new { role = message.Role, content = message.Content }), add_generation_prompt = true });
                return (new ChatEncoder(subject.Tokenizer, subject.Tokenizer.Template(), null).Encode(Rendered.Parse(json)).Ids, answer.Content);
            default:
                throw record.Place.Error("there is no answer to compare with.");
        }
    }

    private static AnswerRule RuleOf(string normalizer) => normalizer switch
    {
        "none" => AnswerRule.Exact,
        "gsm8kStrict" => AnswerRule.Gsm8kStrict,
        "gsm8kFlexible" => AnswerRule.Gsm8kFlexible,
        _ => Expression(new Regex(normalizer, RegexOptions.CultureInvariant, _matchLimit)),
    };

    // Its first group, else all of it, of both; what it does not find is wrong.
    private static AnswerRule Expression(Regex expression)
    {
        return new AnswerRule(expression.ToString(), Found, text => text.Trim());

        string Found(string text) => expression.Match(text) is { Success: true } match ? match.Groups[match.Groups.Count > 1 ? 1 : 0].Value : AnswerRule.Nothing;
    }
}
