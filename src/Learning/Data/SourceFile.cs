using Ptune.Storage.Files;

namespace Ptune.Learning.Data;

/// <summary>Opens the files that a spec names, whatever they turn out to be.</summary>
internal static class SourceFile
{
    /// <exception cref="DataException">There is none, or it is not a regular file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RegularFile Open(string path)
    {
        try
        {
            return RegularFile.Open(path);
        }
        catch (FileNotFoundException error)
        {
            throw new DataException($"The file '{path}' does not exist on this worker. Correct dataset.location, or install the data there.", error);
        }
        catch (NotARegularFileException error)
        {
            throw new DataException(error.Message, error);
        }
    }
}
