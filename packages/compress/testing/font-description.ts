/** What the descriptors of made fonts say beside their programs. */
export const description = {
  Type: 'FontDescriptor',
  FontName: 'Made',
  Flags: 32,
  FontBBox: [0, 0, 1000, 1000],
  ItalicAngle: 0,
  Ascent: 800,
  Descent: 0,
  CapHeight: 800,
  StemV: 80,
}
