import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'

/** Where an attempt's private folder stands. */
export function workspacePath(folder: string, jobId: string, attempt: number): string {
  return path.join(folder, `${workspaceName(jobId, attempt)}.${process.pid}`)
}

/** What the folder is called that a task works in: there, or in the folder of its host. */
export function workspaceName(jobId: string, attempt: number): string {
  return `${jobId}.${attempt}`
}

export async function makeWorkspace(workspace: string): Promise<void> {
  await mkdir(workspace, { recursive: true, mode: 0o700 })
}

export async function removeWorkspace(workspace: string): Promise<void> {
  await rm(workspace, { recursive: true, force: true, maxRetries: 3 })
}
