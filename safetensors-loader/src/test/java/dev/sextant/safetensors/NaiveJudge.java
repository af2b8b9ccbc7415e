package dev.sextant.safetensors;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The format's rules once more, stated as plainly as can be, on whole arrays and big integers: legal or not. */
final class NaiveJudge {
  private static final BigInteger LONG = BigInteger.TWO.pow(63);

  private NaiveJudge() {}

  static boolean accepts(byte[] file) {
    try {
      judge(file);
      return true;
    } catch (NaiveJson.Bad | CharacterCodingException e) {
      return false;
    }
  }

  private static void judge(byte[] file) throws CharacterCodingException {
    require(file.length >= 8);
    BigInteger length = new BigInteger(
        Long.toUnsignedString(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong()));
    require(length.compareTo(BigInteger.valueOf(Math.min(file.length - 8, 100_000_000))) <= 0);
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file, 8, length.intValue())).toString();
    require(text.startsWith("{") && NaiveJson.parse(text) instanceof Map);
    List<long[]> spans = new ArrayList<>();
    ((Map<?, ?>) NaiveJson.parse(text)).forEach((name, value) -> {
      if (name.equals("__metadata__")) {
        require(value == NaiveJson.NULL
            || value instanceof Map<?, ?> map && map.values().stream().allMatch(String.class::isInstance));
      } else {
        spans.add(span(value));
      }
    });
    spans.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
    long at = 0;
    for (long[] span : spans) {
      require(span[0] == at);
      at = span[1];
    }
    require(8 + length.longValue() + at == file.length);
  }

  private static long[] span(Object value) {
    require(value instanceof Map<?, ?> map && map.keySet().containsAll(Set.of("dtype", "shape", "data_offsets")));
    Map<?, ?> entry = (Map<?, ?>) value;
    require(entry.get("dtype") instanceof String && entry.get("shape") instanceof List
        && entry.get("data_offsets") instanceof List<?> pair && pair.size() == 2);
    BigInteger bits = BigInteger.valueOf(bits((String) entry.get("dtype")));
    for (Object dimension : (List<?>) entry.get("shape")) {
      bits = bits.multiply(whole(dimension));
    }
    List<?> offsets = (List<?>) entry.get("data_offsets");
    BigInteger begin = whole(offsets.getFirst());
    BigInteger end = whole(offsets.getLast());
    require(bits.equals(end.subtract(begin).multiply(BigInteger.valueOf(8))));
    return new long[] {begin.longValue(), end.longValue()};
  }

  private static BigInteger whole(Object value) {
    require(value instanceof BigInteger number && number.compareTo(LONG) < 0);
    return (BigInteger) value;
  }

  private static int bits(String dtype) {
    return switch (dtype) {
      case "F4" -> 4;
      case "F6_E2M3", "F6_E3M2" -> 6;
      case "BOOL", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ" -> 8;
      case "I16", "U16", "F16", "BF16" -> 16;
      case "I32", "U32", "F32" -> 32;
      case "C64", "F64", "I64", "U64" -> 64;
      default -> throw new NaiveJson.Bad();
    };
  }

  static void require(boolean legal) {
    if (!legal) {
      throw new NaiveJson.Bad();
    }
  }
}
