namespace Ptune.Contracts.Specs;

/// <summary>What the records of a text data set are.</summary>
public enum TextFormat
{
    /// <summary>text.</summary>
    Text,

    /// <summary>prompt, response.</summary>
    PromptResponse,

    /// <summary>messages: a list of { role, content }.</summary>
    Messages,

    /// <summary>text, label.</summary>
    TextLabel,

    /// <summary>question, choices, answer.</summary>
    MultipleChoice,

    /// <summary>prompt, chosen, rejected.</summary>
    Preference,
}
