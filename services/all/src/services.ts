import { aiExtraction } from '@pdf-smaller/ai-extraction/service'
import { compression } from '@pdf-smaller/compression/service'
import { conversion } from '@pdf-smaller/conversion/service'
import { janitor } from '@pdf-smaller/janitor/service'
import { ocr } from '@pdf-smaller/ocr/service'
import type { Config } from '@pdf-smaller/platform'
import type { Service } from '@pdf-smaller/worker'

/** The services that the embedded system runs beside the gateway. */
export function services(config: Config): Service[] {
  return [aiExtraction(config), compression(config), conversion(config), janitor(config), ocr(config)]
}
