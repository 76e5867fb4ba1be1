using System.Collections.Frozen;
using System.Text;

namespace Ptune.Learning.Tokenization;

/// <summary>
/// A model's tokenizer: Hugging Face's library on the model's <c>tokenizer.json</c>, and what its binding lacks. Truncation and padding that a training left
/// in the file are switched off. May be used by several threads.
/// </summary>
public sealed class Tokenizer : IDisposable
{
    private readonly TokenizerFile _file;
    private readonly NativeTokenizer _bare;
    private readonly Lazy<NativeTokenizer> _showing;
    private readonly Lazy<NativeTokenizer> _guarded;
    private readonly FrozenDictionary<string, int> _ids;
    private readonly FrozenDictionary<int, AddedToken> _added;
    private readonly TextCuts? _cuts;

    private Tokenizer(TokenizerFile file)
    {
        _file = file;
        _bare = new NativeTokenizer(TokenizerVariant.Bare(file), file.Path);
        _showing = new(() => new NativeTokenizer(TokenizerVariant.Showing(file), file.Path));
        _guarded = new(() => new NativeTokenizer(TokenizerVariant.Guarded(file), file.Path));
        _ids = file.Tokens.Select((token, id) => (Token: token, Id: id)).Where(t => t.Token is not null).DistinctBy(t => t.Token).ToFrozenDictionary(t => t.Token!, t => t.Id, StringComparer.Ordinal);
        _added = file.Added.DistinctBy(a => a.Id).ToFrozenDictionary(a => a.Id);
        Decoder = new TokenDecoder(file, _added);
        _cuts = TextCuts.For(file);
    }

    /// <summary>One more than the highest id.</summary>
    public int Size => _file.Tokens.Length;

    /// <summary>The tokens that are looked for before a text is split, in the file's order.</summary>
    public IReadOnlyList<AddedToken> Added => _file.Added;

    internal TokenDecoder Decoder { get; }

    internal TokenizerFile File => _file;

    /// <param name="path">A <c>tokenizer.json</c>.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="TokenizerException">It is no tokenizer's file, or the library refuses it.</exception>
    public static Tokenizer Load(string path) => new(TokenizerFile.Read(path));

    /// <summary>A text's ids. Control tokens written out in it become control tokens: for text of a user there is <see cref="EncodeText"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecial">With the tokens that the tokenizer puts around a text.</param>
    /// <exception cref="TokenizerException">The text holds half a character.</exception>
    public int[] Encode(string text, bool addSpecial = true)
    {
        Check(text);
        var ids = _cuts is null ? _bare.Encode(text) : EncodeParts(_cuts.Cut(text));
        return addSpecial ? [.. _file.Frame.Before, .. ids, .. _file.Frame.Behind] : ids;
    }

    /// <summary>Two texts as one input, with the tokens around and between them, and the type of each.</summary>
    /// <exception cref="TokenizerException">The tokenizer knows no pairs.</exception>
    public (int[] Ids, int[] TypeIds) EncodePair(string text, string pair)
    {
        if (_file.Frame.Pair is not { } parts) throw new TokenizerException($"{_file.Path} does not say how two texts are put together.");
        int[][] texts = [Encode(text, addSpecial: false), Encode(pair, addSpecial: false)];
        var ids = parts.Select(part => part.Text is { } at ? texts[at] : part.Ids).ToArray();
        return ([.. ids.SelectMany(i => i)], [.. parts.SelectMany((part, at) => Enumerable.Repeat(part.TypeId, ids[at].Length))]);
    }

    /// <summary>A text's ids where control tokens written out in it stay text. Nothing is put around it.</summary>
    /// <exception cref="TokenizerException">A control token is an ordinary piece of this vocabulary and would come out all the same.</exception>
    public int[] EncodeText(string text) => EncodeGuarded(text, []);

    /// <summary>The same with control tokens at given places.</summary>
    /// <param name="text">The text.</param>
    /// <param name="control">Where a control token is meant, in order, and its id.</param>
    /// <exception cref="TokenizerException">A control token is an ordinary piece of this vocabulary and would come out all the same.</exception>
    internal int[] EncodeGuarded(string text, IReadOnlyList<ControlPlace> control)
    {
        Check(text);
        if (TokenizerVariant.HasPlaceholder(text)) throw new TokenizerException("The text holds U+10FFFD, a private character that this program marks control tokens with.");
        // In a Unigram vocabulary a control token is a piece like any other, which only the text's own search for pieces could avoid.
        if (_file.ModelType == "Unigram") RefusePieces(text, control);
        var marked = new StringBuilder();
        var at = 0;
        foreach (var place in control)
        {
            marked.Append(text, at, place.Start - at).Append(TokenizerVariant.Placeholder(place.Id));
            at = place.End;
        }
        return _guarded.Value.Encode(marked.Append(text, at, text.Length - at).ToString());
    }

    /// <summary>The text of ids.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="keepSpecial">Control tokens are written out; else they are left out.</param>
    /// <exception cref="TokenizerException">An id has no token.</exception>
    public string Decode(IReadOnlyList<int> ids, bool keepSpecial = false)
    {
        foreach (var id in ids) TokenOf(id);
        return Decoder.IsByteLevel ? Decoder.Decode(ids, keepSpecial) : (keepSpecial ? _showing.Value : _bare).Decode(ids);
    }

    /// <summary>The token of an id, as the file writes it.</summary>
    /// <exception cref="TokenizerException">The id has no token.</exception>
    public string TokenOf(int id) => id >= 0 && id < Size && _file.Tokens[id] is { } token ? token : throw new TokenizerException($"The id {id} has no token: the vocabulary has {Size} ids.");

    /// <summary>The tokens of a text's ids, as the library shows them: an added token with the white space that it takes, and what a Unigram vocabulary lacks as it stands in the text, where that can be told.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Its ids, with or without the tokens around it.</param>
    /// <exception cref="TokenizerException">An id has no token.</exception>
    public string[] TokensOf(string text, int[] ids) => TokenTexts.Of(this, text, ids);

    /// <summary>The id of a token; null where there is none.</summary>
    public int? IdOf(string token) => _ids.TryGetValue(token, out var id) ? id : null;

    /// <summary>Whether an id is a control token's.</summary>
    public bool IsSpecial(int id) => _added.TryGetValue(id, out var added) && added.IsSpecial;

    /// <summary>Decodes ids as they come, never half a character.</summary>
    public TextStream Stream() => new(this);

    public void Dispose()
    {
        _bare.Dispose();
        if (_showing.IsValueCreated) _showing.Value.Dispose();
        if (_guarded.IsValueCreated) _guarded.Value.Dispose();
    }

    private void RefusePieces(string text, IReadOnlyList<ControlPlace> control)
    {
        foreach (var token in _file.Control)
            for (var at = text.IndexOf(token.Content, StringComparison.Ordinal); at >= 0; at = text.IndexOf(token.Content, at + 1, StringComparison.Ordinal))
                if (!control.Any(place => place.Start <= at && at < place.End)) throw new TokenizerException($"The text holds the control token '{token.Content}', which this tokenizer cannot encode as text.");
    }

    private int[] EncodeParts(IEnumerable<string> parts)
    {
        var ids = new List<int>();
        foreach (var part in parts) ids.AddRange(_bare.Encode(part));
        return [.. ids];
    }

    private static void Check(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) throw new TokenizerException("The text holds half a character (a lone surrogate), which has no form in UTF-8.");
            i++;
        }
    }
}
