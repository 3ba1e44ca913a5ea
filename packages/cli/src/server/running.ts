import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** What a running system writes down of itself in its data folder. */
export type Running = { url: string; pid: number }

/** The system whose data folder this is, if it says that it runs. */
export async function runningIn(folder: string): Promise<Running | undefined> {
  const text = await readFile(path.join(folder, 'running.json'), 'utf8').catch(() => '')
  try {
    const { url, pid }: Partial<Record<keyof Running, unknown>> = JSON.parse(text)
    const isPid = typeof pid === 'number' && Number.isInteger(pid) && pid > 0
    return typeof url === 'string' && URL.canParse(url) && isPid ? { url, pid } : undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
