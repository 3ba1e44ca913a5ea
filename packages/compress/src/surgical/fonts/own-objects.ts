import { isDictionary, mapped, openTurns, type WorkingCopy } from '@pdf-smaller/pdf'

/** Lets fonts and their descriptors that stand within another object be objects of their own, as they are nearly everywhere. */
export async function liftFonts(copy: WorkingCopy, signal: AbortSignal): Promise<void> {
  const pause = openTurns(signal)
  // What is added meanwhile comes by as well.
  for (const [reference, object] of copy.all) {
    await pause()
    const content = 'value' in object ? object.value : object.dictionary
    let isAny = false
    const lifted = mapped(content, (each) => {
      if (each === content || !isFontPart(each)) return each
      isAny = true
      return copy.add({ value: each })
    })
    if (!isAny) continue
    if ('value' in object) copy.put(reference, { value: lifted })
    else if (isDictionary(lifted)) copy.put(reference, { dictionary: lifted, file: object.file })
  }
}

/** Kinds of fonts (ISO 32000-1, tables 110 and 117), and where descriptors have programs: readers ask for no type. */
const kinds = new Set<unknown>(
  ['Type0', 'Type1', 'MMType1', 'Type3', 'TrueType', 'CIDFontType0', 'CIDFontType2'].map(
    (kind) => `/${kind}`,
  ),
)
const programs = ['/FontFile', '/FontFile2', '/FontFile3']

const isFontPart = (value: unknown) =>
  isDictionary(value) &&
  (value['/Type'] === '/Font' ||
    value['/Type'] === '/FontDescriptor' ||
    kinds.has(value['/Subtype']) ||
    programs.some((key) => value[key] !== undefined))
