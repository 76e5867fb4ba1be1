using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>This test program again, as a second process that has a model loaded and all its weights read.</summary>
internal sealed class LoadingProcess : IDisposable
{
    private const string _variable = "PTUNE_TEST_LOADING_PROCESS";

    private readonly Process _process;

    public LoadingProcess(string folder, string cache, string digest)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment[_variable] = JsonSerializer.Serialize(new Order(folder, cache, digest));
        _process = Process.Start(start)!;
        Assert.Equal("loaded", _process.StandardOutput.ReadLine());
    }

    public int Id => _process.Id;

    /// <summary>Reads every number of a model that is computed in f32.</summary>
    public static void Touch(Learning.Models.Network network, IEnumerable<string> parameters)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (string name in parameters) Assert.True(double.IsFinite(network.Parameters[name].sum(ScalarType.Float64).item<double>()));
    }

    public void Dispose()
    {
        // Its input's end is its own end.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

#pragma warning disable CA2255 // This program's own entry point is the test framework's; the child must not reach it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void LoadWhereAsked()
    {
        if (Environment.GetEnvironmentVariable(_variable) is not { Length: > 0 } text) return;
        var order = JsonSerializer.Deserialize<Order>(text)!;
        var folder = PretrainedFolder.Open(order.Folder);
        using (var network = folder.Network(ScalarType.Float32, CPU, (new WeightCache(order.Cache), order.Digest)))
        {
            Touch(network, folder.Keys.Keys);
            Console.WriteLine("loaded");
            Console.Out.Flush();
            Console.In.ReadToEnd();
        }

        Environment.Exit(0);
    }

    private sealed record Order(string Folder, string Cache, string Digest);
}
