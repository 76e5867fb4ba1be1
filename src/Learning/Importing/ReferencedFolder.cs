namespace Ptune.Learning.Importing;

/// <summary>Folders of artifacts, as the commands on folders meet them.</summary>
public static class ReferencedFolder
{
    /// <summary>The folder with a model's files: the one that is given, or the one that its reference.json names, which an import by reference wrote.</summary>
    /// <exception cref="LearningException">The folder that it refers to is gone, or has changed.</exception>
    public static string Of(string folder) => ModelArtifact.FolderOf(folder);
}
