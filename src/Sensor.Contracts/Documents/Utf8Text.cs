using System.Text;

namespace Sensor.Contracts.Documents;

/// <summary>The text of a file that has to be UTF-8; a byte order mark is passed over.</summary>
public static class Utf8Text
{
    /// <summary>Reads bytes as text. Bytes that are no UTF-8 end the reading with a <see cref="DecoderFallbackException"/>.</summary>
    public static StreamReader Of(byte[] bytes) => new(new MemoryStream(bytes), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
}
