import path from 'node:path'
import { expect, it } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'
import { count, flag, megabytes, port } from './settings.ts'

/** As of a service; each of these names is one of some service. */
const own = {
  PORT: port.default(8080),
  CORES: count(2, 1),
  OPEN_TO_ANYONE: flag(false),
  MAX_UPLOAD_MB: megabytes(1),
}

const messageOf = (environment: Record<string, string>) => {
  try {
    loadConfig(own, environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('the settings were taken')
}

it('has defaults, of what all services read and of its own, and paths that do not depend on the folder of a process', () => {
  const config = loadConfig(own, { PATH: '/bin' })
  expect(config).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8080,
    STORAGE: 'directory',
    STORAGE_DURABLE: true,
    OPEN_TO_ANYONE: false,
  })
  expect(config.DATA_DIR).toBe(path.resolve('.data'))
  expect(loadConfig(own, { PDF_SMALLER_MAX_UPLOAD_MB: '2' }).MAX_UPLOAD_MB).toBe(2 * 1024 * 1024)
})

it.each([
  [{ PDF_SMALLER_PORT: 'http' }, 'PDF_SMALLER_PORT'],
  [{ PDF_SMALLER_PROT: '8080' }, 'PDF_SMALLER_PROT: there is no such setting'],
  [{ PDF_SMALLER_STORAGE: 'ftp' }, 'PDF_SMALLER_STORAGE'],
  [{ PDF_SMALLER_STORAGE: 's3' }, 'PDF_SMALLER_S3_ENDPOINT is needed'],
  [{ PDF_SMALLER_OPEN_TO_ANYONE: 'yes' }, 'PDF_SMALLER_OPEN_TO_ANYONE'],
])('refuses %j by name', (environment, message) => {
  expect(messageOf(environment)).toContain(message)
})

it('names every wrong setting at once, each in a line', () => {
  const message = messageOf({ PDF_SMALLER_PORT: '-1', PDF_SMALLER_PROT: '1', PDF_SMALLER_CORES: 'all' })
  for (const name of ['PORT', 'PROT', 'CORES'])
    expect(message).toMatch(new RegExp(`^PDF_SMALLER_${name}: `, 'm'))
})

it('leaves alone what is empty, what another service reads, and what belongs to the command line', () => {
  const config = loadConfig(own, {
    PDF_SMALLER_PORT: '',
    PDF_SMALLER_API_KEY: 'secret',
    PDF_SMALLER_LLM_API_KEY: 'secret',
    PDF_SMALLER_CONCURRENCY_OCR: 'what the service of that name would refuse',
  })
  expect(config.PORT).toBe(8080)
  expect(JSON.stringify(config)).not.toContain('secret')
})
