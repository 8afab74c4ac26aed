using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace WaterWatch.Conventions.Tests;

/// <summary>
/// The public types and members of an assembly as lines in ordinal order, one for each: its kind, its type, its signature in C#. What records and
/// enumerations have by being such (equality, deconstruction, printing) is left out.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> OfEveryRecord = new(StringComparer.Ordinal) { "<Clone>$", "Deconstruct", "Equals", "GetHashCode", "ToString", "PrintMembers", "op_Equality", "op_Inequality", "EqualityContract" };

    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The lines.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(type => Members(type).Prepend(Header(type))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Header(Type type)
    {
        var bases = type.GetInterfaces().Where(i => !IsOfRecord(type, i)).Select(i => PublicTypeName.Of(i)).Order(StringComparer.Ordinal);
        var parent = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) ? new[] { PublicTypeName.Of(b) } : [];
        var all = string.Join(", ", parent.Concat(type.IsEnum ? [] : bases));
        return $"{PublicTypeName.Of(type)}: {Kind(type)}{(all.Length > 0 ? " is " + all : "")}";
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : IsRecord(type) ? $"{(type.IsAbstract ? "abstract " : type.IsSealed && !type.IsValueType ? "sealed " : "")}record{(type.IsValueType ? " struct" : "")}"
        : type.IsValueType ? "struct"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class" : "class";

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsOfRecord(Type type, Type implemented) => IsRecord(type) && implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IEquatable<>);

    private static IEnumerable<string> Members(Type type) => type.GetMembers(Declared)
        .Where(m => !(IsRecord(type) && OfEveryRecord.Contains(m.Name)))
        .Select(m => (Member: m, Text: Text(m)))
        .Where(m => m.Text is not null)
        .Select(m => $"{PublicTypeName.Of(type)}.{m.Text}");

    private static string? Text(MemberInfo member) => member switch
    {
        FieldInfo f when IsVisible(f.IsPublic, f.IsFamily) && !f.IsSpecialName => Field(f),
        PropertyInfo p when p.GetMethod is { } get && IsVisible(get.IsPublic, get.IsFamily) => Property(p, get),
        ConstructorInfo c when IsVisible(c.IsPublic, c.IsFamily) && !IsCopy(c) => $"new({Parameters(c)})",
        MethodInfo m when IsVisible(m.IsPublic, m.IsFamily) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) => Method(m),
        _ => null,
    };

    private static bool IsVisible(bool isPublic, bool isFamily) => isPublic || isFamily;

    /// <summary>The copy constructor of a record.</summary>
    private static bool IsCopy(ConstructorInfo c) => c.IsFamily && c.GetParameters() is [var only] && only.ParameterType == c.DeclaringType;

    private static string Field(FieldInfo f) => f.IsLiteral
        ? $"{f.Name} = {Convert.ToString(f.GetRawConstantValue(), CultureInfo.InvariantCulture)}{(f.DeclaringType!.IsEnum ? "" : $": const {PublicTypeName.Of(f.FieldType)}")}"
        : $"{f.Name}: {(f.IsStatic ? "static " : "")}{PublicTypeName.Of(f.FieldType, Nullability.Create(f))}";

    private static string Property(PropertyInfo p, MethodInfo get)
    {
        var set = p.SetMethod is { } s && IsVisible(s.IsPublic, s.IsFamily)
            ? s.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;"
            : "";
        var index = p.GetIndexParameters() is { Length: > 0 } by ? $"[{string.Join(", ", by.Select(Parameter))}]" : "";
        var required = p.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{p.Name}{index}: {required}{Modifiers(get)}{PublicTypeName.Of(p.PropertyType, Nullability.Create(p))} {{ get;{set} }}";
    }

    private static string Method(MethodInfo m)
    {
        var generic = m.IsGenericMethodDefinition ? $"<{string.Join(", ", m.GetGenericArguments().Select(a => a.Name))}>" : "";
        return $"{m.Name}{generic}({Parameters(m)}): {Modifiers(m)}{PublicTypeName.Of(m.ReturnType, Nullability.Create(m.ReturnParameter))}";
    }

    private static string Modifiers(MethodInfo m) =>
        (m.IsStatic ? "static " : m.IsAbstract ? "abstract " : m.IsVirtual && !m.IsFinal ? m.GetBaseDefinition() == m ? "virtual " : "override " : "")
        + (m.IsFamily ? "protected " : "");

    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo p)
    {
        var passed = p.IsOut ? "out " : p.ParameterType.IsByRef ? p.IsIn ? "in " : "ref " : "";
        var optional = p.HasDefaultValue ? $" = {p.RawDefaultValue ?? "null"}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{passed}{PublicTypeName.Of(p.ParameterType, Nullability.Create(p))} {p.Name}{optional}");
    }
}
