namespace Ptune.Supervisor.Executors;

/// <summary>The NVIDIA devices of this machine, counted without loading anything.</summary>
internal static class CudaDevices
{
    private const string Restriction = "CUDA_VISIBLE_DEVICES";

    public static int Count()
    {
        if (Environment.GetEnvironmentVariable(Restriction) is { } visible)
            return visible.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Count(name => name != "-1");
        return Directory.Exists("/dev")
            ? Directory.EnumerateFileSystemEntries("/dev", "nvidia*").Count(path => int.TryParse(Path.GetFileName(path)["nvidia".Length..], out _))
            : 0;
    }
}
