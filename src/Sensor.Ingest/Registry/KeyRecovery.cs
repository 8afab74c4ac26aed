using System.Numerics;
using System.Security.Cryptography;
using Sensor.Contracts;
using Sensor.Contracts.Keys;

namespace Sensor.Ingest.Registry;

/// <summary>
/// Finds the public key behind a signature by its fingerprint: an ECDSA signature leaves two candidates (SEC 1 section 4.1.6), and the
/// fingerprint says which one it is. So a fingerprint compared by telephone is enough to enrol a station.
/// </summary>
internal static class KeyRecovery
{
    // P-256, SEC 2 section 2.4.2.
    private static readonly BigInteger P = Hex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");
    private static readonly BigInteger N = Hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly BigInteger B = Hex("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");
    private static readonly Point G = new(
        Hex("6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"), Hex("4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"));

    /// <summary>The key whose signature this is and whose fingerprint is given; null where none fits.</summary>
    /// <param name="signedDigest">SHA-256 of the signed bytes.</param>
    /// <param name="signature">r ‖ s, 64 bytes.</param>
    /// <param name="fingerprint">SHA-256 of the key's SubjectPublicKeyInfo.</param>
    public static PublicKey? Recover(Digest signedDigest, ReadOnlySpan<byte> signature, Digest fingerprint)
    {
        var (r, s) = (Number(signature[..32]), Number(signature[32..]));
        if (r.IsZero || s.IsZero || r >= N || s >= N || Lift(r) is not { } nonce)
        {
            return null;
        }

        var inverse = BigInteger.ModPow(r, N - 2, N);
        var u1 = Mod(-Number(signedDigest.ToArray()) * inverse, N);
        var u2 = Mod(s * inverse, N);
        var fixedPart = Multiply(u1, G);
        return Candidate(Add(fixedPart, Multiply(u2, nonce)), fingerprint) ?? Candidate(Add(fixedPart, Multiply(u2, new Point(nonce.X, P - nonce.Y))), fingerprint);
    }

    private static PublicKey? Candidate(Point? point, Digest fingerprint)
    {
        if (point is not { } q)
        {
            return null;
        }

        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(q.X), Y = Bytes(q.Y) } });
        var der = ecdsa.ExportSubjectPublicKeyInfo();
        return Digest.Of(der) == fingerprint ? PublicKey.FromSubjectPublicKeyInfo(der) : null;
    }

    // P is 3 modulo 4, so the root is a power.
    private static Point? Lift(BigInteger x)
    {
        var square = Mod(BigInteger.ModPow(x, 3, P) - (3 * x) + B, P);
        var y = BigInteger.ModPow(square, (P + 1) / 4, P);
        return BigInteger.ModPow(y, 2, P) == square ? new Point(x, y) : null;
    }

    private static Point? Multiply(BigInteger factor, Point point)
    {
        Point? sum = null;
        Point? power = point;
        for (; !factor.IsZero; factor >>= 1)
        {
            sum = factor.IsEven ? sum : Add(sum, power);
            power = Add(power, power);
        }

        return sum;
    }

    private static Point? Add(Point? left, Point? right)
    {
        if (left is not { } a || right is not { } b)
        {
            return left ?? right;
        }

        if (a.X == b.X && Mod(a.Y + b.Y, P).IsZero)
        {
            return null;
        }

        var slope = a == b
            ? 3 * ((a.X * a.X) - 1) * BigInteger.ModPow(2 * a.Y, P - 2, P)
            : (b.Y - a.Y) * BigInteger.ModPow(Mod(b.X - a.X, P), P - 2, P);
        var x = Mod((slope * slope) - a.X - b.X, P);
        return new Point(x, Mod((slope * (a.X - x)) - a.Y, P));
    }

    private static BigInteger Mod(BigInteger number, BigInteger modulus)
    {
        var rest = number % modulus;
        return rest.Sign < 0 ? rest + modulus : rest;
    }

    private static BigInteger Hex(string digits) => Number(Convert.FromHexString(digits));

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private readonly record struct Point(BigInteger X, BigInteger Y);
}
