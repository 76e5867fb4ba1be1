using System.Text;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Generation;

/// <summary>The text of one answer while its tokens come: without control tokens and the end token, never half a character, ended before a stop string.</summary>
internal sealed class AnswerText
{
    private readonly Tokenizer _tokenizer;
    private readonly IReadOnlyList<string> _stops;
    private readonly IReadOnlyCollection<long> _ends;
    private readonly Action<string>? _onText;
    private readonly TextStream _stream;
    private readonly StopText _stop;
    private readonly StringBuilder _text = new();

    private bool _stoppedByToken;

    /// <param name="tokenizer">The model's.</param>
    /// <param name="prompt">What the answer follows.</param>
    /// <param name="stops">Texts that end it; one that is a control token ends it where that token comes.</param>
    /// <param name="ends">Tokens that end it.</param>
    /// <param name="onText">Told each part of the text once it is certain.</param>
    public AnswerText(Tokenizer tokenizer, IEnumerable<long> prompt, IReadOnlyList<string> stops, IReadOnlyCollection<long> ends, Action<string>? onText)
    {
        (_tokenizer, _stops, _ends, _onText) = (tokenizer, stops, ends, onText);
        _stream = tokenizer.Stream();
        _stream.Follow(prompt.Select(id => (int)id));
        _stop = new StopText(stops);
    }

    /// <summary>Whether a stop string has ended the text.</summary>
    public bool Stopped => _stoppedByToken || _stop.Found;

    /// <summary>Takes the next token and says whether the answer ends with it.</summary>
    public bool Add(long id)
    {
        if (_ends.Contains(id)) return false;
        int token = (int)id;
        // Control tokens are not part of the text, where a stop string is looked for.
        if (_tokenizer.IsSpecial(token)) _stoppedByToken = _stops.Contains(_tokenizer.TokenOf(token));
        else Write(_stop.Add(_stream.Add(token)));
        return Stopped;
    }

    /// <summary>The whole text, when no more tokens come.</summary>
    public string Finish()
    {
        // Some decoders give text only at the end: a stop string may stand in it still.
        Write(_stop.Add(_stream.Finish()));
        Write(_stop.Finish());
        return _text.ToString();
    }

    private void Write(string part)
    {
        if (part.Length == 0) return;
        _text.Append(part);
        _onText?.Invoke(part);
    }
}
