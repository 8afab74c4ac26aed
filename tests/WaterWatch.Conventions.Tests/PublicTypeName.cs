using System.Reflection;

namespace WaterWatch.Conventions.Tests;

/// <summary>Types as C# writes them: full names for those of the product, short ones for all others, with <c>?</c> where null may be.</summary>
internal static class PublicTypeName
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(byte)] = "byte", [typeof(char)] = "char",
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(double)] = "double", [typeof(float)] = "float", [typeof(decimal)] = "decimal",
    };

    /// <summary>The name.</summary>
    /// <param name="type">The type.</param>
    /// <param name="nullability">What is known about null; null where nothing is.</param>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        return type.IsArray ? $"{Of(type.GetElementType()!, nullability?.ElementType)}[]{mark}" : Plain(type, nullability) + mark;
    }

    private static string Plain(Type type, NullabilityInfo? nullability)
    {
        if (Words.TryGetValue(type, out var word) || type.IsGenericParameter)
        {
            return word ?? type.Name;
        }

        var name = type.Name.Split('`')[0];
        var place = type.IsNested ? Plain(type.DeclaringType!, null) + "." : type.Namespace!.StartsWith("Sensor.", StringComparison.Ordinal) ? type.Namespace + "." : "";
        var arguments = type.GetGenericArguments();
        var known = nullability?.GenericTypeArguments is { } n && n.Length == arguments.Length ? n : null;
        return place + name + (arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select((a, i) => Of(a, known?[i])))}>" : "");
    }
}
