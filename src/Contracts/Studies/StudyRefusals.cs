using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Studies;

/// <summary>What a study leaves out, as far as its spec tells.</summary>
public static class StudyRefusals
{
    /// <returns>In the order of the methods; empty for a study of images.</returns>
    public static StudyRefusal[] Of(IStudySpec study) => study is not LanguageStudySpec language ? [] :
    [
        .. from method in language.Methods
           from pair in method.Pairs(language)
           let reason = method.Refusal(language, pair)
           where reason is not null
           select new StudyRefusal { Method = method.Title(), Source = pair.Source, Target = pair.Target, Reason = reason },
    ];
}
