using Ptune.Learning.Data.Text.Forms;
using Ptune.Learning.Data.Text.Records;

namespace Ptune.Fixtures.Extension;

/// <summary>Reads <see cref="JoinedText"/>.</summary>
internal sealed class JoinedForm : TextForm
{
    public override IReadOnlyList<string> Fields => JoinedText.Known.Fields;

    public override TextRecord Read(FormRow row) => new PlainText($"{row.Text("first")} {row.Text("second")}") { Place = row.Place };
}
