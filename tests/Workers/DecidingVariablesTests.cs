using Ptune.Protocol;

namespace Ptune.Workers.Tests;

public sealed class DecidingVariablesTests
{
    [Theory]
    [InlineData("ATEN_CPU_CAPABILITY", "default", true)]
    [InlineData("MKL_CBWR", "COMPATIBLE", true)]
    [InlineData("MKL_ENABLE_INSTRUCTIONS", "AVX2", true)]
    [InlineData("ONEDNN_MAX_CPU_ISA", "AVX2", true)]
    [InlineData("DNNL_MAX_CPU_ISA", "AVX2", true)]
    [InlineData("OMP_DYNAMIC", "true", true)]
    [InlineData("OMP_THREAD_LIMIT", "1", true)]
    [InlineData("NVIDIA_TF32_OVERRIDE", "0", true)]
    [InlineData("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2", true)]
    [InlineData("GLIBC_TUNABLES", "glibc.malloc.arena_max=1", false)]
    [InlineData("MKL_NUM_THREADS", "1", false)]
    [InlineData("OMP_NUM_THREADS", "1", false)]
    [InlineData("OMP_PROC_BIND", "true", false)]
    [InlineData("OMP_WAIT_POLICY", "PASSIVE", false)]
    [InlineData("PATH", "/bin", false)]
    public void Includes_OfAVariable_IsWhetherItDecidesBytes(string name, string value, bool decides) => Assert.Equal(decides, DecidingVariables.Includes(name, value));
}
