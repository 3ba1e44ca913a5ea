import { isReference, type PdfObjects, textStringOf } from '@pdf-smaller/pdf'

/** Whether each of the layers that a dictionary of properties leads to is seen, by its name (ISO 32000-1, 8.11). */
export type LayerStates = (properties: Readonly<Record<string, unknown>>) => string[]

export function layerStates(objects: PdfObjects): LayerStates {
  const root = objects.dictionary(objects.trailer['/Root'])
  const usual = objects.dictionary(objects.dictionary(root['/OCProperties'])['/D'])
  const [on, off] = [new Set(objects.array(usual['/ON'])), new Set(objects.array(usual['/OFF']))]
  const isOff = (layer: string) => off.has(layer) || (usual['/BaseState'] === '/OFF' && !on.has(layer))
  const stateOf = (layer: string) => {
    const name = textStringOf(objects.resolve(objects.dictionary(layer)['/Name'])) ?? ''
    return JSON.stringify([name, isOff(layer) ? 'hidden' : 'seen'])
  }
  /** A membership names one layer or several. */
  const layersIn = (value: unknown): string[] => {
    const { '/Type': type, '/OCGs': members } = objects.dictionary(value)
    if (type === '/OCG') return isReference(value) ? [value] : []
    if (type !== '/OCMD') return []
    const several = objects.resolve(members)
    return (Array.isArray(several) ? several : [members]).filter(isReference)
  }
  return (properties) => [...new Set(Object.values(properties).flatMap(layersIn).map(stateOf))].sort()
}
