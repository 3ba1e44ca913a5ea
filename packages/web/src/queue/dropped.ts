/** A file that was dropped or pasted, and its handle where the browser gives one. */
export type Dropped = { file: File; handle: Promise<FileSystemHandle | null> | undefined }

declare global {
  interface Window {
    /** What was dropped before the page was there; undefined once it takes such files itself. */
    broughtEarly?: Dropped[] | undefined
  }
}

export const bringsFiles = (given: DataTransfer | null): given is DataTransfer =>
  given !== null && [...given.types].includes('Files')

/** What has been dropped. It has to be taken before the event is over. */
export const droppedIn = ({ items }: DataTransfer): Dropped[] =>
  [...items].flatMap((item) => {
    const file = item.getAsFile()
    return file ? [{ file, handle: item.getAsFileSystemHandle?.() }] : []
  })
