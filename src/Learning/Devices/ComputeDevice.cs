using System.Runtime.InteropServices;
using Ptune.Contracts.Jobs;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning;

/// <summary>The one seam that chooses a device: "cpu", "cuda" (its first) or "cuda:1".</summary>
public static class ComputeDevice
{
    /// <summary>The device of that name.</summary>
    /// <exception cref="DeviceException">No such device is on this machine, or the name is none.</exception>
    internal static Device Resolve(string name)
    {
        TorchRuntime.EnsureLoaded();
        if (name == "cpu") return CPU;
        int index = Index(name);
        if (!cuda.is_available())
        {
            throw new DeviceException(
                $"The device '{name}' was asked for, but there is no CUDA device: this build's libtorch is for the CPU, or no driver is "
                + "loaded. Build with -p:Accelerator=cuda on a machine with an NVIDIA driver, or ask for 'cpu'.");
        }

        int count = cuda.device_count();
        return index < count
            ? new Device(DeviceType.CUDA, index)
            : throw new DeviceException($"The device '{name}' was asked for, but this machine has {count} CUDA device(s), cuda:0 to cuda:{count - 1}.");
    }

    /// <summary>Throws <see cref="DeviceException"/> where a job could not run on <paramref name="name"/>.</summary>
    public static void Check(string name) => Resolve(name);

    /// <summary>What a job runs on, to be recorded with its result.</summary>
    public static ExecutionEnvironment Describe(string name, int threads)
    {
        var device = Resolve(name);
        return new ExecutionEnvironment(
            device.ToString(),
            threads,
            device.type == DeviceType.CUDA ? $"CUDA device {device.index} of {cuda.device_count()}" : Processor(),
            torch.__version__,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription);
    }

    private static string Processor()
    {
        const string key = "model name";
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static int Index(string name)
    {
        if (name == "cuda") return 0;
        if (name.StartsWith("cuda:", StringComparison.Ordinal) && ushort.TryParse(name.AsSpan(5), out ushort index)) return index;
        throw new DeviceException($"'{name}' is not a device: use cpu, cuda or cuda:N.");
    }
}
