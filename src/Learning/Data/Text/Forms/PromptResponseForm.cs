using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Forms;

internal sealed class PromptResponseForm : TextForm
{
    public override IReadOnlyList<string> Fields => ["prompt", "response"];

    public override TextRecord Read(FormRow row) => new PromptResponse(row.Text("prompt"), row.Text("response")) { Place = row.Place };
}
