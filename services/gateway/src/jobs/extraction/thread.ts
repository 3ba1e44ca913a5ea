import { parentPort, workerData } from 'node:worker_threads'
import { JobFailure } from '@pdf-smaller/contracts'
import { type Answer, type Order } from './work-on.ts'
import { carryOut, type Kind } from './works.ts'

// The main file of a thread: carries out the one work that it was started for.

const { kind, given }: Order<Kind> = workerData

function answer(): Answer<Kind> {
  try {
    return { ok: true, result: carryOut(kind, given) }
  } catch (error) {
    if (error instanceof JobFailure) return { ok: false, code: error.code, why: error.why }
    throw error
  }
}

parentPort?.postMessage(answer(), [])
