using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What a task is judged on.</summary>
/// <param name="Subject">The model, with what is carried to it.</param>
/// <param name="Texts">What it is asked.</param>
/// <param name="Data">Where the texts come from, and how they are encoded.</param>
/// <param name="Stop">Ends a long judgement.</param>
internal sealed record JudgedTexts(LanguageSubject Subject, TextSelection Texts, DataSpec Data, CancellationToken Stop);
