using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Ptune.Architecture.Tests;

/// <summary>The types of a signature by name: the same in the assembly that declares a method and in one that calls it.</summary>
internal sealed class SignatureNames : ISignatureTypeProvider<string, object?>
{
    public static SignatureNames Instance { get; } = new();

    /// <summary>A type with its namespace, a nested one behind that which holds it; "?" for an array or a generic type.</summary>
    public static string TypeOf(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                var other = metadata.GetTypeReference((TypeReferenceHandle)handle);
                return Join(other.ResolutionScope.Kind == HandleKind.TypeReference ? TypeOf(metadata, other.ResolutionScope) : metadata.GetString(other.Namespace), metadata.GetString(other.Name));
            case HandleKind.TypeDefinition:
                var own = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                return Join(own.GetDeclaringType() is { IsNil: false } outer ? TypeOf(metadata, outer) : metadata.GetString(own.Namespace), metadata.GetString(own.Name));
            default:
                return "?";
        }
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => TypeOf(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => TypeOf(reader, handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "?";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(',', typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    private static string Join(string outer, string name) => $"{outer}.{name}";
}
