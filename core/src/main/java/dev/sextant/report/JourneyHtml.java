package dev.sextant.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A journey as one HTML file. The page carries the journey's JSON, packed with gzip and written in base64, so that no text of a
 * model can become markup.
 */
final class JourneyHtml {
  /** Read once, by the first page: it is the same for all. */
  private static final PageFrame FRAME = PageFrame.read();

  private final Material material;

  JourneyHtml(Material material) {
    this.material = material;
  }

  /** Writes a page of at most so many bytes, with as much detail as fits. */
  void write(OutputStream out, int most) throws IOException {
    List<Limits> all = Limits.forPages();
    int room = most - FRAME.before().length - FRAME.after().length;
    PageSize size = new PageSize(material);
    int i = 0;
    while (i < all.size() - 1 && size.estimate(all.get(i)) > room) i++;
    byte[] journey = packed(all.get(i));
    while (journey.length > room && ++i < all.size()) journey = packed(all.get(i));
    out.write(FRAME.before());
    out.write(journey);
    out.write(FRAME.after());
  }

  private byte[] packed(Limits limits) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packing = new GZIPOutputStream(bytes, 1 << 16)) {
      new JourneyJson(material, limits).write(packing);
    }
    return Base64.getEncoder().encode(bytes.toByteArray());
  }
}
