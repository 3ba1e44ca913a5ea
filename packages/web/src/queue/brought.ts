/** A file as it was brought, with the handle where the browser gives one. */
export type Brought = { file: File; handle?: FileSystemFileHandle | undefined }

/** What this page has of files, by the ids of their entries. */
export const files = new Map<string, Brought>()
/** What the browser has of files that it has not kept. */
export const handles = new Map<string, FileSystemFileHandle>()

/** Whether a lost file can be had by `readHandle`. */
export const hasHandle = (id: string): boolean => handles.has(id)

/** Asks the visitor for a file, who has to press something meanwhile; undefined where it is not to be had. */
export async function readHandle(id: string): Promise<Brought | undefined> {
  const handle = handles.get(id)
  if (!handle) return undefined
  try {
    await handle.requestPermission?.({ mode: 'read' })
    return { file: await handle.getFile(), handle }
  } catch {
    return undefined
  }
}

export function forget(id: string): void {
  files.delete(id)
  handles.delete(id)
}
