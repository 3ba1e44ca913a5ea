import type { ObjectStore } from '../src/port.ts'

/** One kind of store under test, and what its tests need to see behind its back. */
export type Subject = {
  open: (options?: { stallMs?: number }) => Promise<ObjectStore>
  /** Changes a byte of what is stored, and nothing of what is told of it. */
  damage: (key: string) => Promise<void>
  /** What unfinished uploads of a key have left: temporary files, or multipart uploads. */
  leftovers: (key: string) => Promise<string[]>
  close: () => Promise<void>
}

export type OpenSubject = () => Promise<Subject>

export const described = { contentType: 'application/pdf', name: 'Prüfbericht „2026“ 100%+.pdf' }
