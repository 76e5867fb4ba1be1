using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ptune.Learning.Formats;

/// <summary>Tensors over memory that is not libtorch's. TorchSharp's own <c>frombuffer</c> takes managed arrays only.</summary>
internal static unsafe partial class NativeTensors
{
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Deleter(IntPtr context);

    // libtorch calls it when the last tensor over the memory goes; it must live as long as any of them, so for ever.
    private static readonly Deleter _keep = static _ => { };

    /// <summary>A tensor that shares <paramref name="data"/>, which must stay where it is while the tensor lives.</summary>
    public static Tensor Over(byte* data, ScalarType type, long[] shape)
    {
        long count = 1;
        foreach (long dimension in shape) count *= dimension;
        // An empty tensor has no memory to share.
        if (count == 0) return empty(shape, type);
        IntPtr handle = FromBuffer((IntPtr)data, _keep, count, 0, (sbyte)type, (sbyte)type, 0, -1, 0);
        if (handle == IntPtr.Zero) TorchSharp.torch.CheckForErrors();
        using var flat = Tensor.UnsafeCreateTensor(handle);
        return flat.view(shape);
    }

    /// <summary>A copy, in libtorch's own memory, of elements that do not lie where their type wants them.</summary>
    /// <param name="like">Of the same type and shape.</param>
    public static Tensor Aligned(byte* data, long bytes, Tensor like)
    {
        var copy = empty_like(like);
        Buffer.MemoryCopy(data, (void*)Data(copy.Handle), bytes, bytes);
        return copy;
    }

    /// <summary>Where the elements of a contiguous tensor on the CPU lie; valid while the tensor lives.</summary>
    public static float* Floats(Tensor tensor)
    {
        if (tensor.dtype != ScalarType.Float32 || tensor.device_type != TorchSharp.DeviceType.CPU || !tensor.is_contiguous())
            throw new ArgumentException("A contiguous f32 tensor on the CPU is needed.", nameof(tensor));
        return (float*)Data(tensor.Handle);
    }

    /// <summary>Where the first element of an f32 tensor on the CPU lies, whatever its strides are; valid while the tensor lives.</summary>
    public static float* FloatsOfView(Tensor tensor) => tensor.dtype == ScalarType.Float32 && tensor.device_type == TorchSharp.DeviceType.CPU
        ? (float*)Data(tensor.Handle)
        : throw new ArgumentException("An f32 tensor on the CPU is needed.", nameof(tensor));

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    private static partial IntPtr Data(IntPtr tensor);

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_frombuffer")]
    private static partial IntPtr FromBuffer(
        IntPtr data, Deleter deleter, long count, long byteOffset, sbyte type, sbyte dtype, int deviceType, int deviceIndex, byte requiresGrad);
}
