using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ptune.Cli.CommandLine;

/// <summary>Values of options while the command line is still checked.</summary>
internal static class OptionValues
{
    /// <summary>An option's value; <paramref name="otherwise"/> where its word cannot be read, which has an error of its own.</summary>
    public static T? ValueOr<T>(this CommandResult result, Option<T> option, T? otherwise)
    {
        try
        {
            return result.GetValue(option);
        }
        catch (InvalidOperationException)
        {
            return otherwise;
        }
    }
}
