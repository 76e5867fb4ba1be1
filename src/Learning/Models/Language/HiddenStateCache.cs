using Ptune.Contracts.Identity;
using Ptune.Learning.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.Language;

/// <summary>
/// Final hidden states of frozen networks on disk: d numbers a token, from which the head gives all V logits again. A file is named by the digest of all that
/// decides its bytes, the network, the batch and the environment, so a state that is read equals the one that would be computed, bit by bit. Files may be deleted at any time.
/// </summary>
/// <param name="folder">Where the files lie; it is made when it is needed.</param>
/// <param name="budget">Bytes that the folder may hold: what was not used for the longest time goes.</param>
/// <param name="environment">What bytes are exact within, in one line.</param>
internal sealed class HiddenStateCache(string folder, long budget, string environment)
{
    private const string _states = "states";

    // A cache must not be what fills the disk.
    private const long _leftFree = 1L << 30;

    // To look at a folder of thousands of files takes longer than to write one.
    private const int _writesBetweenLooks = 16;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    private long _written;

    /// <summary>Bytes of the states of so many tokens.</summary>
    public static long BytesOf(long tokens, long width, ScalarType type) => checked(tokens * width * TensorType.Of(type).Bytes);

    /// <summary>A job that reads as it goes, and does not know beforehand how much it will keep, ends at this many bytes a network: it must not push out all that others use.</summary>
    public long ShareOfOne => budget / 4;

    /// <summary>Begins to keep the states of a network.</summary>
    /// <param name="network">The digest of its weights, such as sha256:...; of several, where deltas hang on it.</param>
    /// <param name="type">What it computes in.</param>
    public NetworkStates Of(string network, ScalarType type) => new(this, $"{network}\n{TensorType.Of(type).Name}\n{environment}");

    /// <summary>Makes room for so many bytes.</summary>
    /// <returns>Whether they are within the budget, and leave some of the disk free.</returns>
    public bool MakeRoom(long bytes)
    {
        if (bytes > budget) return false;
        Directory.CreateDirectory(folder);
        CachedFiles.Evict(folder, budget - bytes);
        return bytes + _leftFree <= new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
    }

    /// <summary>The file with some states, made where it is not there. Whoever reads of it must dispose of its tensors first.</summary>
    /// <param name="key">Hexadecimal digits.</param>
    /// <param name="make">Computes the states, [rows, d].</param>
    /// <param name="wait">Asked between two looks at a file that another process is just making; throw to end. Null: nothing is waited for.</param>
    /// <returns>Null where another process is making it, or the disk is nearly full.</returns>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public SafetensorsFile? Open(string key, Func<Tensor> make, Action? wait = null)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, key + CachedFiles.Extension);
        while (true)
        {
            if (OpenExisting(path) is { } existing) return existing;
            using (var held = CachedFiles.TakeLock(path))
            {
                if (held is not null)
                {
                    if (OpenExisting(path) is { } made) return made;
                    if (_written++ % _writesBetweenLooks == 0 && !MakeRoom(0)) return null;
                    Write(path, make);
                    return OpenExisting(path) ?? throw new IOException($"The file {path} was removed while it was made.");
                }
            }

            if (wait is null) return null;
            wait();
            // Nothing tells this process when another one gives up a file's lock.
            Thread.Sleep(s_pause);
        }
    }

    /// <summary>Whole numbers of another kind than states: as they were kept, else made and kept where that is possible.</summary>
    /// <param name="key">Hexadecimal digits.</param>
    public int[] Numbers(string key, Func<int[]> make)
    {
        int[]? made = null;
        try
        {
            using var file = Open(key, () => tensor(made = make()));
            if (made is null && file is not null)
            {
                using var kept = Read(file);
                return kept.data<int>().ToArray();
            }
        }
        catch (IOException)
        {
            // The disk is full: nothing is kept.
        }

        // Another process is just making the file.
        return made ?? make();
    }

    /// <summary>The states in a file that <see cref="Open"/> gave, over its mapping.</summary>
    public static Tensor Read(SafetensorsFile file) => file.Tensor(_states);

    private static void Write(string path, Func<Tensor> make)
    {
        using var states = make();
        var bytes = TensorBytes.Of(_states, states);
        SafetensorsWriter.Write(path, [bytes], new Dictionary<string, string> { [_states] = bytes.Digest() }, isDurable: false);
    }

    // It may be evicted at any moment before it is open, and a loss of power may have left it with other bytes.
    private static SafetensorsFile? OpenExisting(string path)
    {
        try
        {
            if (!File.Exists(path)) return null;
            File.SetLastAccessTimeUtc(path, DateTime.UtcNow);
            var file = SafetensorsFile.Open(path);
            if (file.Metadata.GetValueOrDefault(_states) == file.DigestOf(file.Entry(_states))) return file;
            file.Dispose();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (MalformedFileException)
        {
        }

        File.Delete(path);
        return null;
    }
}
