import { aiExtraction } from '@pdf-smaller/ai-extraction/service'
import { compression } from '@pdf-smaller/compression/service'
import { conversion } from '@pdf-smaller/conversion/service'
import { janitor } from '@pdf-smaller/janitor/service'
import { ocr } from '@pdf-smaller/ocr/service'
import type { Service } from '@pdf-smaller/worker'
import type { SystemConfig } from './settings.ts'

/** The services that the embedded system runs beside the gateway. */
export function services(config: SystemConfig): Service[] {
  return [aiExtraction(config), compression(config), conversion(config), janitor(config), ocr(config)]
}
