using Ptune.Learning.Data.Text.Records;

namespace Ptune.Learning.Data.Text.Forms;

internal sealed class PreferenceForm : TextForm
{
    public override IReadOnlyList<string> Fields => ["prompt", "chosen", "rejected"];

    public override TextRecord Read(FormRow row)
    {
        var record = new Preference(row.Text("prompt"), row.Text("chosen"), row.Text("rejected")) { Place = row.Place };
        return record.Chosen == record.Rejected
            ? throw row.Place.Error($"'{row.NameOf("chosen")}' and '{row.NameOf("rejected")}' are the same, so nothing is preferred.")
            : record;
    }
}
