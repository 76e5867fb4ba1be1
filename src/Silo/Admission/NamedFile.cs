using Ptune.Contracts.Specs.Reading;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission;

/// <summary>A file that a spec names, on this machine.</summary>
internal static class NamedFile
{
    /// <summary>Opens it, and looks at what is in it.</summary>
    /// <param name="at">Where the spec names it.</param>
    /// <param name="file">The whole path.</param>
    /// <param name="positions">Of the spec.</param>
    /// <param name="look">At the open file.</param>
    /// <returns>What was found; or why the file cannot be read.</returns>
    public static (T? Found, SpecProblem? Problem) Look<T>(string at, string file, SpecPositions positions, Func<RegularFile, T?> look) where T : class
    {
        try
        {
            using var content = RegularFile.Open(file);
            return (look(content), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            return (null, positions.Problem(at, $"The file '{file.Replace("\0", "\\0", StringComparison.Ordinal)}' does not exist.", "Put it there, or correct the path or the location."));
        }
        catch (NotARegularFileException e)
        {
            return (null, positions.Problem(at, e.Message, "Name a file."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, positions.Problem(at, $"'{file}' cannot be read: {e.Message}", "Make it readable for the server's user."));
        }
    }
}
