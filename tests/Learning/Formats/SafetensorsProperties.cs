using CsCheck;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Tests.Formats;

public sealed class SafetensorsProperties : IDisposable
{
    private const int _damages = 3000;

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
        var damage = Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, sound.Length], Gen.Int[0, 3]);
        damage.Array[1, 4].Sample(
            damages =>
            {
                byte[] bytes = damages.Aggregate(sound, (current, d) => Damage(current, d.Item1, d.Item2, d.Item3, d.Item4));
                string path = _folder["damaged"];
                File.WriteAllBytes(path, bytes);
                OpenAndTouch(path, bytes.Length);
            },
            iter: _damages,
            threads: 1);
    }

    private static byte[] Damage(byte[] bytes, int position, byte value, int length, int kind)
    {
        if (bytes.Length == 0) return bytes;
        position %= bytes.Length;
        byte[] damaged = [.. bytes];
        switch (kind)
        {
            case 0:
                damaged[position] = value;
                return damaged;
            case 1:
                return bytes[..Math.Min(length, bytes.Length)];
            case 2:
                return [.. bytes[..position], value, .. bytes[position..]];
            default:
                // A digit is the likeliest place for a lie that still parses.
                int digit = Array.FindIndex(damaged, position, b => b is >= (byte)'0' and <= (byte)'9');
                if (digit >= 0) damaged[digit] = (byte)('0' + (value % 10));
                return damaged;
        }
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
