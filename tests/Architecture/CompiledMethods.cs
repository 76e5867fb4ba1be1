using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Ptune.Architecture.Tests;

/// <summary>The methods of an assembly with what each of them calls, read from its code; a method is named as "Namespace.Type::Name(Parameter,...)".</summary>
internal static class CompiledMethods
{
    private static readonly Dictionary<ushort, OperandType> s_operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (ushort)code.Value, code => code.OperandType);

    /// <summary>Method and called method, once for each call.</summary>
    public static IReadOnlyList<(string Method, string Called)> CallsOf(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        var metadata = image.GetMetadataReader();
        var calls = new List<(string, string)>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            int address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address == 0) continue;
            var code = image.GetMethodBody(address).GetILBytes()!;
            calls.AddRange(MethodsIn(code).Select(called => NameOf(metadata, called)).OfType<string>().Select(called => (NameOf(metadata, handle)!, called)));
        }
        return calls;
    }

    private static IEnumerable<EntityHandle> MethodsIn(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            ushort operation = code[at++];
            if (operation == 0xFE) operation = (ushort)(0xFE00 | code[at++]);
            var operand = s_operands[operation];
            if (operand is OperandType.InlineMethod) yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, at));
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static string? NameOf(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return NameOf(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MethodDefinition:
                var own = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                return $"{SignatureNames.TypeOf(metadata, own.GetDeclaringType())}::{metadata.GetString(own.Name)}({string.Join(',', own.DecodeSignature(SignatureNames.Instance, null).ParameterTypes)})";
            case HandleKind.MemberReference:
                var other = metadata.GetMemberReference((MemberReferenceHandle)handle);
                return $"{SignatureNames.TypeOf(metadata, other.Parent)}::{metadata.GetString(other.Name)}({string.Join(',', other.DecodeMethodSignature(SignatureNames.Instance, null).ParameterTypes)})";
            default:
                return null;
        }
    }
}
