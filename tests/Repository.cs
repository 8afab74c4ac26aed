using System.Reflection;

namespace WaterWatch.Testing;

/// <summary>Finds the files of the checkout from which a test assembly was built.</summary>
internal static class Repository
{
    /// <summary>The folder that holds WaterWatch.sln.</summary>
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>An absolute path from one that is relative to the root, written with forward slashes.</summary>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));
}
