using Ptune.Storage.Files;

namespace Ptune.Learning.Formats;

/// <summary>Opens the files of models and artifacts, whatever their names turn out to stand for: a pipe would block its reader, a device might never end.</summary>
internal static class StoredFile
{
    /// <exception cref="LearningException">It is not a regular file.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static RegularFile Open(string path)
    {
        try
        {
            return RegularFile.Open(path);
        }
        catch (NotARegularFileException error)
        {
            throw new LearningException(error.Message, error);
        }
    }

    /// <summary>The whole content.</summary>
    /// <exception cref="LearningException">It is not a regular file.</exception>
    /// <exception cref="IOException">There is none, or it cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        using var file = Open(path);
        return file.ReadToEnd();
    }

    /// <summary>The whole content as UTF-8, without a byte order mark.</summary>
    /// <exception cref="LearningException">It is not a regular file.</exception>
    /// <exception cref="IOException">There is none, or it cannot be read.</exception>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }
}
