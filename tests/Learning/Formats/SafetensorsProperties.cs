using CsCheck;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Tests.Formats;

public sealed class SafetensorsProperties : IDisposable
{
    private const int _damages = 1000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AnyDamage_IsRefusedOrStaysInsideTheFile()
    {
        SafetensorsWriter.Write(
            _folder["sound"],
            [TensorBytes.Of("weight", [1f, 2f, 3f, 4f], 2, 2), TensorBytes.Of("bias", [5f, 6f], 2)],
            new Dictionary<string, string> { ["format"] = "pt" });
        byte[] sound = File.ReadAllBytes(_folder["sound"]);
        FileDamage.Of(sound, most: 4).Sample(
            bytes =>
            {
                string path = _folder["damaged"];
                File.WriteAllBytes(path, bytes);
                OpenAndTouch(path, bytes.Length);
            },
            iter: _damages,
            threads: 1);
    }

    private static void OpenAndTouch(string path, int length)
    {
        try
        {
            using var file = SafetensorsFile.Open(path);
            foreach (var entry in file.Header.Entries.Values)
            {
                Assert.InRange(file.Header.DataStart + entry.Begin, 8, length);
                Assert.InRange(file.Header.DataStart + entry.End, 8, length);
                using var tensor = file.Tensor(entry.Name);
                Assert.Equal(entry.End - entry.Begin, tensor.numel() * entry.Type.Bytes);
                Assert.Equal((int)(entry.End - entry.Begin), tensor.bytes.ToArray().Length);
            }
        }
        catch (MalformedFileException error)
        {
            Assert.InRange(error.Offset, 0, length);
        }
    }
}
