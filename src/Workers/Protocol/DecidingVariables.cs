using System.Collections;
using System.Runtime.InteropServices;

namespace Ptune.Protocol;

/// <summary>
/// Variables by which somebody else's settings would decide what a job's bytes are: which instructions libtorch, MKL, oneDNN, cuBLAS or the C library's mathematics use, and over how many threads
/// OpenMP spreads a sum. A result's environment does not record them, so executors do not get them. Those that only place threads or bound memory stay.
/// </summary>
public static partial class DecidingVariables
{
    private static readonly string[] s_families =
        ["ATEN_", "MKL_", "DNNL_", "ONEDNN_", "KMP_", "OPENBLAS_", "BLIS_", "CUBLAS_", "CUBLASLT_", "CUDNN_", "NVIDIA_TF32_", "TORCH_ALLOW_TF32_", "TORCH_BLAS_", "TORCH_CUDNN_"];

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "OMP_DYNAMIC", "OMP_MAX_ACTIVE_LEVELS", "OMP_NESTED", "OMP_NUM_TEAMS", "OMP_SCHEDULE", "OMP_TEAMS_THREAD_LIMIT", "OMP_THREAD_LIMIT",
    };

    // The supervisor sets it to the number of threads, which is recorded.
    private const string Threads = "MKL_NUM_THREADS";
    private const string CLibrary = "GLIBC_TUNABLES";

    /// <summary>Whether a variable decides bytes.</summary>
    public static bool Includes(string name, string? value) =>
        name != Threads
        && (s_names.Contains(name)
            || Array.Exists(s_families, family => name.StartsWith(family, StringComparison.Ordinal))
            || (name == CLibrary && value?.Contains("glibc.cpu.", StringComparison.Ordinal) == true));

    /// <summary>Takes them from this process, before it loads what reads them. The C library's own it has read by then: only whoever starts the process can take that away.</summary>
    public static void Unset()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            // The framework's own copy is not what native code sees.
            if (Includes((string)variable.Key, (string?)variable.Value)) _ = UnsetNative((string)variable.Key);
        }
    }

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetNative(string name);
}
