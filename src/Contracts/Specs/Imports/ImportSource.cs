using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>Where a model or patch comes from.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(UploadedSource), "uploaded")]
[JsonDerivedType(typeof(FolderSource), "folder")]
[JsonDerivedType(typeof(HubSource), "hub")]
[JsonDerivedType(typeof(ArtifactSource), "artifact")]
[GenerateSerializer, Alias("ptune.ImportSource")]
public abstract record ImportSource;
