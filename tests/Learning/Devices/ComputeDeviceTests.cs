using TorchSharp;

namespace Ptune.Learning.Tests.Devices;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("CPU")]
    [InlineData("")]
    public void Check_NoDevicesName_SaysWhichThereAre(string name) =>
        Assert.Contains("cpu, cuda or cuda:N", Assert.Throws<DeviceException>(() => ComputeDevice.Check(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_Cpu_IsThere() => ComputeDevice.Check("cpu");

    [Fact]
    public void Check_CudaWhereThereIsNone_SaysWhatToDo()
    {
        Assert.SkipWhen(torch.cuda.is_available(), "This machine has a CUDA device.");
        var error = Assert.Throws<DeviceException>(() => ComputeDevice.Check("cuda"));
        Assert.Contains("no CUDA device", error.Message, StringComparison.Ordinal);
        Assert.Contains("-p:Accelerator=cuda", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_CudaDeviceBeyondTheLast_NamesTheCount()
    {
        Assert.SkipUnless(torch.cuda.is_available(), "This machine has no CUDA device.");
        Assert.Contains("CUDA device(s)", Assert.Throws<DeviceException>(() => ComputeDevice.Check("cuda:999")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_Cpu_NamesProcessorThreadsAndLibtorch()
    {
        var environment = ComputeDevice.Describe("cpu", 3);
        Assert.Equal(("cpu", 3), (environment.Device, environment.Threads));
        Assert.StartsWith("2.10.", environment.Torch, StringComparison.Ordinal);
        Assert.NotEmpty(environment.Processor);
    }
}
