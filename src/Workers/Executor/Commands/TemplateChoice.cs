using System.Globalization;
using Ptune.Contracts.Commands;
using Ptune.Learning.Tokenization;
using Ptune.Templates.Chat;

namespace Ptune.Executor.Commands;

/// <summary>What a user says about chat templates: <c>--template</c> and <c>--now</c>.</summary>
internal static class TemplateChoice
{
    /// <exception cref="CommandException">There is no such file.</exception>
    /// <exception cref="TokenizerException">It is not a template.</exception>
    public static ChatTemplate Read(string file) => File.Exists(file)
        ? TokenizerFolder.Parse(File.ReadAllText(file), file)
        : throw new CommandException(CommandExitCode.NotFound, $"The template '{file}' does not exist.");

    /// <param name="now">ISO 8601; null: none.</param>
    /// <exception cref="CommandException">It is not a time.</exception>
    public static DateTimeOffset? Time(string? now)
    {
        if (now is null) return null;
        return DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new CommandException(CommandExitCode.Usage, $"--now is '{now}', which is not a time.", "Write it like 2025-03-09T10:30:00.");
    }
}
