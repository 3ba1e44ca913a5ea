// What browsers have that TypeScript does not know yet.

interface FileSystemHandle {
  /** File System Access (WICG): asks the visitor, while a button is pressed. */
  requestPermission?: (about: { mode: 'read' }) => Promise<string>
}

interface DataTransferItem {
  getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>
}

interface Window {
  /** Trusted Types (W3C): what starting a worker asks for. */
  trustedTypes?: {
    createPolicy: (
      name: string,
      rules: { createScriptURL: (url: string) => string },
    ) => { createScriptURL: (url: string) => URL }
  }
}
