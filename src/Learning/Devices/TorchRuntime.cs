using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ptune.Learning;

/// <summary>
/// Loads libtorch before the first tensor, from the first of: the folder that <c>PTUNE_LIBTORCH</c> names, a folder <c>libtorch/</c>
/// beside this assembly (container images), the package that this assembly was built with, the program's own folder.
/// TorchSharp then finds the loaded libraries by their names.
/// </summary>
public static class TorchRuntime
{
    /// <summary>The variable that names a folder with libtorch's shared libraries.</summary>
    public const string FolderVariable = "PTUNE_LIBTORCH";

    private const string _bindings = "libLibTorchSharp.so";

    // Each needs the ones before it; the CUDA ones are there only in a CUDA build.
    private static readonly string[] _loadOrder = ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    private static Exception? _failure;

    /// <summary>The folder that libtorch was loaded from.</summary>
    public static string? Folder { get; private set; }

    /// <summary>Throws <see cref="DeviceException"/> with the reason where libtorch could not be loaded.</summary>
    public static void EnsureLoaded()
    {
        if (_failure is not null)
            throw new DeviceException($"libtorch could not be loaded: {_failure.Message}", _failure);
    }

#pragma warning disable CA2255 // The natives must be there before TorchSharp's static constructors, whoever touches them first.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Load()
    {
        try
        {
            Folder = FindFolder(Environment.GetEnvironmentVariable(FolderVariable), AppContext.BaseDirectory, Metadata("LibtorchNatives"));
            foreach (string name in _loadOrder)
            {
                string path = Path.Combine(Folder, name);
                if (File.Exists(path)) NativeLibrary.Load(path);
            }

            NativeLibrary.Load(FindBindings(Folder));
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or FileNotFoundException)
        {
            // A module initializer that throws hides its reason; EnsureLoaded tells it.
            _failure = error;
        }
    }

    internal static string FindFolder(string? asked, string programFolder, string? package)
    {
        if (!string.IsNullOrEmpty(asked))
        {
            return Holds(asked)
                ? Path.GetFullPath(asked)
                : throw new FileNotFoundException($"{FolderVariable} names '{asked}', which holds no libtorch_cpu.so.");
        }

        string[] places =
        [
            Path.Combine(programFolder, "libtorch"),
            package ?? "",
            Path.Combine(programFolder, "runtimes", "linux-x64", "native"),
            programFolder,
        ];
        return Array.Find(places, Holds) ?? throw new FileNotFoundException(
            $"libtorch_cpu.so is in none of {string.Join(", ", places.Where(place => place.Length > 0))}. "
            + $"Restore the packages (dotnet restore), or set {FolderVariable} to a folder with libtorch 2.10.");
    }

    private static string FindBindings(string folder)
    {
        // Beside the program lies the copy mended for an older libstdc++, where the build made one.
        string[] places =
        [
            Path.Combine(AppContext.BaseDirectory, _bindings),
            Path.Combine(folder, _bindings),
            Path.Combine(Metadata("TorchSharpNatives") ?? "", _bindings),
        ];
        return Array.Find(places, File.Exists)
            ?? throw new FileNotFoundException($"{_bindings} is in none of {string.Join(", ", places)}.");
    }

    private static bool Holds(string folder) => folder.Length > 0 && File.Exists(Path.Combine(folder, "libtorch_cpu.so"));

    private static string? Metadata(string key) =>
        typeof(TorchRuntime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value;
}
