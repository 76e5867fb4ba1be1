using System.Collections.Concurrent;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Forms;

/// <summary>One format of records: which fields it has, and how a record is made of them.</summary>
internal abstract class TextForm
{
    private static readonly ConcurrentDictionary<TextFormat, Func<TextForm>> s_added = new();

    /// <summary>Adds a format's reading, before the first data set is read; servers know the format by <see cref="TextFormats"/>.</summary>
    public static void Add(TextFormat format, Func<TextForm> make) => s_added.TryAdd(format, make);

    /// <summary>What every record must have, by our names.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    /// <summary>Further names that the field map may rename.</summary>
    public virtual IReadOnlyList<string> InnerNames => [];

    /// <exception cref="DataException">The record is not as the format says.</exception>
    public abstract TextRecord Read(FormRow row);

    public static TextForm Of(TextSource source) => source.Template is { } template ? new TemplateForm(template, source.Format) : source.Format switch
    {
        TextFormat.Text => new PlainTextForm(),
        TextFormat.PromptResponse => new PromptResponseForm(),
        TextFormat.Messages => new MessagesForm(source.Fields),
        TextFormat.TextLabel => new TextLabelForm(),
        TextFormat.MultipleChoice => new MultipleChoiceForm(source.Answers),
        TextFormat.Preference => new PreferenceForm(),
        var added => s_added.TryGetValue(added, out var make) ? make() : throw new DataException($"This worker knows no format '{TextFormats.WordOf(added)}'."),
    };
}
