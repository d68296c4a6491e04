package colonnade;

import java.nio.charset.CharsetEncoder;

/** Standard output, which may know no more than ASCII. */
final class Console {
  private Console() {}

  /** Prints a table of text, with other lines and ellipses where the charset has none. */
  static void print(String table) {
    CharsetEncoder encoder = System.out.charset().newEncoder();
    System.out.print(encoder.canEncode("─…×") ? table : plain(table));
  }

  /** The same in characters that every charset has, as wide as before. */
  static String plain(String table) {
    return table.replace('─', '-').replace('…', '~').replace('×', 'x');
  }
}
