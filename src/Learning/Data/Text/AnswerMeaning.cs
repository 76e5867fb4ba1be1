namespace Ptune.Learning.Data.Text;

/// <summary>How the right choice is named. It is one for the whole data set: "A" may be a letter or a choice.</summary>
internal enum AnswerMeaning
{
    /// <summary>A whole number from 0.</summary>
    Index,

    /// <summary>A, B, C ...</summary>
    Letter,

    /// <summary>The choice itself.</summary>
    Text,
}
