import { JobFailure } from '@pdf-smaller/contracts'
import {
  type Comparison,
  type Correction,
  type CorrectionBody,
  type EngineRun,
  Extraction,
} from '@pdf-smaller/contracts/extraction'
import type { CorrectedExtraction } from '@pdf-smaller/contracts/http'
import { compareDocuments } from '@pdf-smaller/extraction/compare'
import { addCorrections, checkedCorrection } from '@pdf-smaller/extraction/corrections'

type Named = Pick<Correction, 'document' | 'field'>

/** All that is done with extractions as they are stored. Each throws JobFailure object_corrupt, newer_release. */
export const works = {
  /** @param given.corrections the newest of each field */
  tell: ({
    extraction,
    corrections,
  }: {
    extraction: Uint8Array
    corrections: Correction[]
  }): CorrectedExtraction => {
    const told = parsed(extraction)
    return { ...told, added: addCorrections(told, corrections) }
  },
  compare: (given: {
    left: Uint8Array
    right: Uint8Array
  }): Comparison & { engines: [EngineRun, EngineRun] } => {
    const [left, right] = [parsed(given.left), parsed(given.right)]
    return { engines: [left.engine, right.engine], ...compareDocuments(left.documents, right.documents) }
  },
  /** @throws JobFailure unknown_field, wrong_value */
  check: ({
    extraction,
    correction,
    earlier,
  }: {
    extraction: Uint8Array
    correction: Named & Pick<CorrectionBody, 'value'>
    earlier: Named[]
  }): Pick<Correction, 'old' | 'value'> => checkedCorrection(parsed(extraction), correction, earlier),
}

type Works = typeof works
export type Kind = keyof Works
export type Given<K extends Kind> = Parameters<Works[K]>[0]
export type Result<K extends Kind> = ReturnType<Works[K]>

export function carryOut<K extends Kind>(kind: K, given: Given<K>): Result<K> {
  // TypeScript does not see that a kind's work takes what is given for that kind.
  const work = works[kind] as (given: Given<K>) => Result<K>
  return work(given)
}

function parsed(bytes: Uint8Array): Extraction {
  const extraction = Extraction.safeParse(jsonIn(bytes))
  if (!extraction.success) throw new JobFailure('newer_release', 'its extraction is of another form')
  return extraction.data
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new JobFailure('object_corrupt', 'its extraction is no JSON', { cause })
  }
}
