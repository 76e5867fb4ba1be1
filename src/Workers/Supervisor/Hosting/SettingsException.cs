namespace Ptune.Supervisor.Hosting;

/// <summary>The configuration cannot be used.</summary>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems => problems;
}
