import { cpus, totalmem } from 'node:os'

/** What figures were measured on. */
export const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
