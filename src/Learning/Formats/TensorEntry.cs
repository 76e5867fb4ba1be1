namespace Ptune.Learning.Formats;

/// <summary>A tensor of a safetensors file: its bytes lie at [Begin, End) of the data that follow the header.</summary>
internal sealed record TensorEntry(string Name, TensorType Type, long[] Shape, long Begin, long End);
