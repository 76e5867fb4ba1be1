using System.Runtime.InteropServices;

namespace Ptune.Learning.Tests.Devices;

public sealed class DeviceMemoryExceptionTests
{
    [Theory]
    [InlineData("[enforce fail at alloc_cpu.cpp:125] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 4 bytes.", true)]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB", true)]
    [InlineData("DefaultCPUAllocator: not enough memory: you tried to allocate", true)]
    [InlineData("mat1 and mat2 shapes cannot be multiplied", false)]
    public void Is_LibtorchsMessage_IsRecognized(string message, bool expected) =>
        Assert.Equal(expected, DeviceMemoryException.Is(new NativeError(message)));

    [Fact]
    public void Is_ARealAllocationThatFails_IsRecognized()
    {
        var error = Assert.ThrowsAny<ExternalException>(() => TorchSharp.torch.zeros(1L << 46));
        Assert.True(DeviceMemoryException.Is(error), error.Message);
    }

    // What TorchSharp throws is a bare ExternalException.
    private sealed class NativeError(string message) : ExternalException(message);
}
