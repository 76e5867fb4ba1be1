using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Forms;

/// <summary>Labels are names or indexes, the same for all records: what the first one has, the others must have.</summary>
internal sealed class TextLabelForm : TextForm
{
    private bool? _named;

    public override IReadOnlyList<string> Fields => ["text", "label"];

    public override TextRecord Read(FormRow row)
    {
        var label = row["label"];
        if (label.Text is null && label.Whole is null) throw row.Wrong("label", "a name or an index");
        bool isNamed = label.Text is not null;
        _named ??= isNamed;
        if (isNamed != _named)
            throw row.Place.Error($"'{row.NameOf("label")}' is {label.Kind}, but the records before have {(isNamed ? "indexes" : "names")}. Use one of the two.");
        return new LabelledText(row.Text("text"), label.Text, label.Whole) { Place = row.Place };
    }
}
