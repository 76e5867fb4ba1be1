using System.CommandLine;

namespace Ptune.Cli.CommandLine;

/// <summary>What commands carry besides their syntax.</summary>
internal static class CommandExtensions
{
    /// <summary>Whole command lines for the help, each with an optional remark behind '#'.</summary>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        Help.SetExamples(command, examples);
        return command;
    }
}
