namespace Ptune.Learning.Data;

/// <summary>Gives whole numbers as an earlier job has kept them, else makes and keeps them.</summary>
/// <param name="key">Digest of all that decides them, in hexadecimal digits.</param>
internal delegate int[] KeepNumbers(string key, Func<int[]> make);
