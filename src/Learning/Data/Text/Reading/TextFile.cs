namespace Ptune.Learning.Data.Text.Reading;

/// <summary>A file of a data set. A cache keeps files under other names than their own, and the name says what is in a file.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its own name, without folders: what errors say.</param>
internal readonly record struct TextFile(string Path, string Name)
{
    public static implicit operator TextFile(string path) => new(path, System.IO.Path.GetFileName(path));
}
