package dev.sextant.safetensors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Good small files with none to three small changes: about a quarter stays legal. As Latin-1 text, easy to cut. */
final class Mutants {
  private static final String SYNTAX = "0123456789-+.eE{}[]\",:\\/ \t\n\0\u00ff";
  private static final String INSERTED = "0123456789-.{}[]\", ntf";

  private final Random random;

  Mutants(long seed) {
    random = new Random(seed);
  }

  byte[] next() {
    String file = good();
    for (int changes = new int[] {0, 1, 1, 2, 3}[random.nextInt(5)]; changes > 0 && !file.isEmpty(); changes--) {
      file = changed(file, random.nextInt(file.length()));
    }
    return file.getBytes(ISO_8859_1);
  }

  private String good() {
    StringBuilder header = new StringBuilder(random.nextBoolean() ? "{\"__metadata__\":{\"format\":\"pt\"}" : "{");
    long at = 0;
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      DType dtype = DType.values()[random.nextInt(DType.values().length)];
      int step = dtype.bits() % 8 == 0 ? 1 : 4;
      long[] shape = IntStream.range(0, random.nextInt(step == 1 ? 0 : 1, 4)).mapToLong(k -> step * random.nextInt(4))
          .toArray();
      long end = at + dtype.byteSize(shape);
      header.append(header.length() > 1 ? "," : "")
          .append("\"%s%d\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
              .formatted(random.nextInt(5) > 0 ? "w" : "层", i, dtype,
                  IntStream.range(0, shape.length).mapToObj(k -> "" + shape[k]).collect(Collectors.joining(",")), at,
                  end));
      at = end;
    }
    byte[] body = new byte[(int) at];
    random.nextBytes(body);
    return new String(Bytes.file(header + "}" + " ".repeat(random.nextInt(9)), body), ISO_8859_1);
  }

  private String changed(String file, int at) {
    String head = file.substring(0, at);
    String tail = file.substring(at + 1);
    return switch (random.nextInt(9)) {
      case 0 -> head + (char) (file.charAt(at) ^ 1 << random.nextInt(8)) + tail;
      case 1 -> head + one(SYNTAX) + tail;
      case 2 -> head + file.substring(Math.min(file.length(), at + random.nextInt(1, 5)));
      case 3 -> head + one(INSERTED) + (random.nextBoolean() ? one(INSERTED) : "") + file.substring(at);
      case 4 -> file.substring(0, Math.max(0, file.length() - random.nextInt(1, 10)));
      case 5 -> file + "\0\1\u00fe ".substring(random.nextInt(4));
      case 6 -> withOtherDigit(file);
      case 7 -> file.length() < 8 ? file : prefix(file) + file.substring(8);
      default -> head + file.substring(random.nextInt(at + 1), at) + file.substring(at);
    };
  }

  private String one(String choices) {
    return String.valueOf(choices.charAt(random.nextInt(choices.length())));
  }

  private String withOtherDigit(String file) {
    int[] digits = IntStream.range(0, file.length()).filter(i -> i >= 8 && Character.isDigit(file.charAt(i))).toArray();
    if (digits.length == 0) {
      return file;
    }
    int at = digits[random.nextInt(digits.length)];
    return file.substring(0, at) + random.nextInt(10) + file.substring(at + 1);
  }

  private String prefix(String file) {
    long length = ByteBuffer.wrap(file.getBytes(ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long[] choices = {0, 1, 7, file.length(), file.length() + 1, 1L << 31, 1L << 32, 1L << 63, -1, -8,
      length ^ 1L << random.nextInt(64), length + 1, length - 1};
    return new String(Bytes.file(choices[random.nextInt(choices.length)], new byte[0], new byte[0]), ISO_8859_1);
  }
}
