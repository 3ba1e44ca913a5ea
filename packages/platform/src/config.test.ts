import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'

const messageOf = (environment: Record<string, string>) => {
  try {
    loadConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('the settings were taken')
}

describe('the settings', () => {
  it('have defaults, and paths that do not depend on the folder of a process', () => {
    const config = loadConfig({ PATH: '/bin' })
    expect(config).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 8080,
      STORAGE: 'directory',
      STORAGE_DURABLE: true,
    })
    expect(config.DATA_DIR).toBe(path.resolve('.data'))
    expect(loadConfig({ PDF_SMALLER_MAX_UPLOAD_MB: '2' }).MAX_UPLOAD_MB).toBe(2 * 1024 * 1024)
  })

  it.each([
    [{ PDF_SMALLER_PORT: 'http' }, 'PDF_SMALLER_PORT'],
    [{ PDF_SMALLER_PROT: '8080' }, 'PDF_SMALLER_PROT: there is no such setting'],
    [{ PDF_SMALLER_STORAGE: 'ftp' }, 'PDF_SMALLER_STORAGE'],
    [{ PDF_SMALLER_LLM_BUDGET: '5' }, 'PDF_SMALLER_LLM_BUDGET needs PDF_SMALLER_LLM_INPUT_PRICE'],
    [{ PDF_SMALLER_STORAGE: 's3' }, 'PDF_SMALLER_S3_ENDPOINT is needed'],
    [{ PDF_SMALLER_OPEN_TO_ANYONE: 'yes' }, 'PDF_SMALLER_OPEN_TO_ANYONE'],
  ])('%j is refused by name', (environment, message) => {
    expect(messageOf(environment)).toContain(message)
  })

  it('names every wrong setting at once', () => {
    const message = messageOf({ PDF_SMALLER_PORT: '-1', PDF_SMALLER_CORES: 'all' })
    expect(message).toContain('PDF_SMALLER_PORT')
    expect(message).toContain('PDF_SMALLER_CORES')
  })

  it('leave alone what is empty and what belongs to the command line', () => {
    expect(loadConfig({ PDF_SMALLER_PORT: '', PDF_SMALLER_API_KEY: 'secret' }).PORT).toBe(8080)
  })
})

describe('the memory of a task', () => {
  const memory = (value: string) => loadConfig({ PDF_SMALLER_TASK_MEMORY_MB: value }).TASK_MEMORY_MB

  it('is the same for all, but for those that are named', () => {
    expect(memory('512,ocr=1024,extract-text=64')).toEqual({
      usual: 512 * 2 ** 20,
      of: new Map([
        ['ocr', 1024 * 2 ** 20],
        ['extract-text', 64 * 2 ** 20],
      ]),
    })
  })

  it.each(['a', '1,', '1,ocr', '-1'])('is not %j', (value) => {
    expect(() => memory(value)).toThrow('a number of megabytes')
  })
})
