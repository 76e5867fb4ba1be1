using System.Text;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Tokenization;
using Ptune.Templates;

namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>
/// Records to examples. Prompt and response are encoded apart, because at inference the prompt is encoded alone: a joint encoding may
/// merge across the border. The token that ends the text is trained, so that the model learns to stop.
/// </summary>
/// <param name="encoder">The model's tokenizer.</param>
/// <param name="chat">The model's chat template, or null where it has none.</param>
/// <param name="loss">Of plain text all tokens are trained, whatever it says.</param>
internal sealed class ExampleEncoder(ITextEncoder encoder, IChatEncoder? chat, LossScope loss)
{
    private static readonly string[] _answerLead = ["Question: ", "\nAnswer:"];

    /// <exception cref="DataException">The record cannot be encoded, or is a conversation that there is no chat template for, or none that renders it.</exception>
    public EncodedExample Encode(TextRecord record)
    {
        try
        {
            return record switch
            {
                PlainText text => Whole(text.Text),
                PromptResponse pair => Pair(pair.Prompt, pair.Response),
                Conversation talk => Talk(talk),
                TemplatedText { Answer: null } text => Generated(text.Rendering),
                TemplatedText text => Answered(text),
                _ => throw new ArgumentException($"A {record.GetType().Name} is not a single example.", nameof(record)),
            };
        }
        catch (TokenizerException error)
        {
            throw record.Place.Error(error.Message, error);
        }
    }

    /// <summary>Both answers to the prompt, each as a <see cref="PromptResponse"/> is encoded.</summary>
    public (EncodedExample Chosen, EncodedExample Rejected) Encode(Preference record) => (Pair(record.Prompt, record.Chosen), Pair(record.Prompt, record.Rejected));

    /// <summary>A text to classify: the text alone.</summary>
    public int[] Encode(LabelledText record) => encoder.Encode(record.Text);

    /// <summary>The question, and each choice after a space; a choice's score is the sum of the log-probabilities of its tokens.</summary>
    public (int[] Prompt, int[][] Choices) Encode(MultipleChoice record) =>
        (encoder.Encode(_answerLead[0] + record.Question + _answerLead[1]), [.. record.Choices.Select(choice => encoder.Encode(" " + choice))]);

    private EncodedExample Whole(string text)
    {
        int[] ids = [.. encoder.Encode(text), encoder.EndOfText];
        return new EncodedExample(ids, AllTrue(ids.Length)) { Bytes = Encoding.UTF8.GetByteCount(text) };
    }

    private EncodedExample Pair(string prompt, string response)
    {
        int[] head = encoder.Encode(prompt + "\n");
        int[] tail = [.. encoder.Encode(response), encoder.EndOfText];
        bool[] trained = AllTrue(head.Length + tail.Length);
        if (loss == LossScope.Response) trained.AsSpan(0, head.Length).Clear();
        int bytes = Encoding.UTF8.GetByteCount(loss == LossScope.All ? $"{prompt}\n{response}" : response);
        return new EncodedExample([.. head, .. tail], trained) { Bytes = bytes };
    }

    private EncodedExample Talk(Conversation record)
    {
        if (chat is null) throw record.Place.Error("the model has no chat template, so messages cannot be rendered. Give one, or use promptResponse.");
        var example = chat.Encode(record.Messages);
        return loss == LossScope.All
            ? example with { Trained = AllTrue(example.Length) }
            : example with { Bytes = record.Messages.Where(message => message.Role == Roles.Assistant).Sum(message => Encoding.UTF8.GetByteCount(message.Content)) };
    }

    private EncodedExample Answered(TemplatedText record)
    {
        var (prompt, answer) = record.Parts();
        int[] head = encoder.Encode(prompt, out _);
        int[] tail = [.. encoder.Encode(answer, out _), encoder.EndOfText];
        bool[] trained = AllTrue(head.Length + tail.Length);
        if (loss == LossScope.Response) trained.AsSpan(0, head.Length).Clear();
        return new EncodedExample([.. head, .. tail], trained) { Bytes = loss == LossScope.Response && record.Answer > 0 ? Encoding.UTF8.GetByteCount(answer.Text) : null };
    }

    private EncodedExample Generated(Rendering rendering)
    {
        int[] ids = encoder.Encode(rendering, out bool[] generated);
        // Where the answer goes on to the end, the end is the model's to say.
        bool[] trained = [.. generated, rendering.Generated[^1].End == rendering.Text.Length];
        return new EncodedExample([.. ids, encoder.EndOfText], loss == LossScope.All ? AllTrue(trained.Length) : trained);
    }

    private static bool[] AllTrue(int length)
    {
        bool[] all = new bool[length];
        Array.Fill(all, true);
        return all;
    }
}
