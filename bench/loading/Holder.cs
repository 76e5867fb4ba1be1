using System.Diagnostics;
using System.Globalization;

namespace Ptune.Loading.Bench;

/// <summary>A process of this program that has the model loaded and has computed with all of its weights.</summary>
internal sealed class Holder : IDisposable
{
    public const string Command = "hold";

    private readonly Process _process;

    public Holder(string folder, string type, string cache)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Holder).Assembly.Location);
        foreach (string word in new[] { Command, folder, type, cache }) start.ArgumentList.Add(word);
        _process = Process.Start(start)!;
        if (_process.StandardOutput.ReadLine() != "ready") throw new InvalidOperationException("The process ended.");
    }

    /// <summary>Bytes of its memory, shared or not.</summary>
    public double ResidentBytes => Sum("Rss:");

    /// <summary>Bytes that no other process has.</summary>
    public double PrivateBytes => Sum("Private_Clean:", "Private_Dirty:");

    private double Sum(params string[] fields) => File.ReadLines($"/proc/{_process.Id}/smaps_rollup").Where(line => fields.Any(field => line.StartsWith(field, StringComparison.Ordinal)))
        .Sum(line => 1024 * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
