using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Forms;

internal sealed class PlainTextForm : TextForm
{
    public override IReadOnlyList<string> Fields => ["text"];

    public override TextRecord Read(FormRow row) => new PlainText(row.Text("text")) { Place = row.Place };
}
