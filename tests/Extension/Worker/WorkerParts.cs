using Ptune.Learning.Data.Text.Forms;
using Ptune.Learning.Data.Text.Reading;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Fixtures.Extension;

/// <summary>What only workers know of the new things.</summary>
internal static class WorkerParts
{
    public static void Add()
    {
        TaskJudges.Add<KnownTextsTask>(KnownTexts.Judge);
        ModelFamilies.Add(Ungated.Family);
        TextForm.Add(JoinedText.Format, () => new JoinedForm());
        TextFileRows.Add(TabSeparated.Ending, TabSeparated.Read);
    }
}
