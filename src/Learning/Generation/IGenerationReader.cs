namespace Ptune.Learning.Generation;

/// <summary>Reads answers while they are generated. Prompts are numbered from 0; those that are computed together come mixed.</summary>
public interface IGenerationReader
{
    /// <summary>Something that is unusual about the model, but no error.</summary>
    void OnNote(string note);

    /// <summary>The next part of an answer's text. Its parts together are <see cref="FolderAnswer.Text"/>; prompts of ids have no text.</summary>
    void OnText(int number, string part);

    /// <summary>An answer is complete, or its prompt was refused.</summary>
    void OnAnswer(int number, FolderAnswer answer);
}
