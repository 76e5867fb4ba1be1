using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF library and marks its need of one symbol version as weak, in the section of type
/// SHT_GNU_verneed: a chain of Verneed records (one for each library needed), each with a chain of Vernaux records (one for each
/// version of it). See the Linux Standard Base, "Symbol Versioning".
/// </summary>
public sealed class WeakenVersionNeed : Task
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const byte WeakFlag = 2;

    [Required] public string Library { get; set; }

    [Required] public string Copy { get; set; }

    [Required] public string Need { get; set; }

    public override bool Execute()
    {
        byte[] elf = File.ReadAllBytes(Library);
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[4] != 2 || elf[5] != 1)
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF file.", Library);
            return false;
        }

        int weakened = 0;
        for (int index = 0; index < Half(elf, 0x3c); index++)
        {
            int section = Section(elf, index);
            if ((uint)Word(elf, section + 4) == VersionNeedSection) weakened += Weaken(elf, section);
        }

        if (weakened == 0)
        {
            Log.LogError("{0} does not need {1}.", Library, Need);
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Copy));
        File.WriteAllBytes(Copy, elf);
        return true;
    }

    private int Weaken(byte[] elf, int section)
    {
        int names = (int)Long(elf, Section(elf, Word(elf, section + 0x28)) + 0x18);
        int count = Word(elf, section + 0x2c);
        int need = (int)Long(elf, section + 0x18);
        int weakened = 0;
        for (int n = 0; n < count; n++)
        {
            int version = need + Word(elf, need + 8);
            for (int v = 0; v < Half(elf, need + 2); v++)
            {
                if (Text(elf, names + Word(elf, version + 8)) == Need)
                {
                    elf[version + 4] |= WeakFlag;
                    weakened++;
                }

                version += Word(elf, version + 12);
            }

            need += Word(elf, need + 12);
        }

        return weakened;
    }

    private static int Section(byte[] elf, int index) => (int)Long(elf, 0x28) + index * Half(elf, 0x3a);

    private static int Half(byte[] elf, int at) => BitConverter.ToUInt16(elf, at);

    private static int Word(byte[] elf, int at) => BitConverter.ToInt32(elf, at);

    private static long Long(byte[] elf, int at) => BitConverter.ToInt64(elf, at);

    private static string Text(byte[] elf, int at) => Encoding.ASCII.GetString(elf, at, Array.IndexOf(elf, (byte)0, at) - at);
}
