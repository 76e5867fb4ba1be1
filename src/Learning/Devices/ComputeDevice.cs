using System.Runtime.InteropServices;
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

    /// <summary>What results are exact within: device type, thread count and versions.</summary>
    public static IReadOnlyDictionary<string, string> Describe(string name, int threads) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["device"] = Resolve(name).type.ToString().ToLowerInvariant(),
        ["threads"] = threads.ToString(),
        ["torchSharp"] = typeof(Tensor).Assembly.GetName().Version!.ToString(3),
        ["libtorch"] = torch.__version__,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
    };

    private static int Index(string name)
    {
        if (name == "cuda") return 0;
        if (name.StartsWith("cuda:", StringComparison.Ordinal) && ushort.TryParse(name.AsSpan(5), out ushort index)) return index;
        throw new DeviceException($"'{name}' is no device: use cpu, cuda or cuda:N.");
    }
}
