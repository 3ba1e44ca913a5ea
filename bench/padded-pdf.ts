import { randomBytes } from 'node:crypto'

/** A PDF of a given size: a real one with an attached stream of noise, in an incremental update (ISO 32000-1, 7.5.6). */
export function paddedPdf(pdf: Buffer, size: number): Uint8Array<ArrayBuffer> {
  const text = pdf.toString('latin1')
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1])
  const root = /\/Root (\d+ \d+ R)/.exec(text)?.[1]
  const next = Number(/\/Size (\d+)/.exec(text)?.[1])
  const noise = randomBytes(Math.max(0, size - pdf.length - 400))
  const object = Buffer.concat([
    Buffer.from(`\n${next} 0 obj\n<< /Length ${noise.length} >>\nstream\n`),
    noise,
    Buffer.from('\nendstream\nendobj\n'),
  ])
  const offset = String(pdf.length + 1).padStart(10, '0')
  const xref = `xref\n${next} 1\n${offset} 00000 n \ntrailer\n<< /Size ${next + 1} /Root ${root} /Prev ${previous} >>\nstartxref\n${pdf.length + object.length}\n%%EOF\n`
  return Uint8Array.from(Buffer.concat([pdf, object, Buffer.from(xref)]))
}
