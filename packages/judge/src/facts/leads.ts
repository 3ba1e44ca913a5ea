import {
  type Destination,
  type Destinations,
  type Dictionary,
  isDictionary,
  type PdfObjects,
} from '@pdf-smaller/pdf'

/** Where a link, an entry of the outline or an action leads. */
export type Lead = {
  /** The page of the document, from 1; undefined when it leads to none. */
  page: number | undefined
  /** The place of that page and how large it is shown, as the destination says. */
  view: string
  /** What else it does: the kind of its action, and an address, a name or a file. */
  action: unknown[]
}

export type Leads = {
  /** Where what has a destination or an action leads. */
  of: (source: Dictionary) => Lead
  destination: (destination: Destination | undefined) => Pick<Lead, 'page' | 'view'>
}

export function leadsIn(
  objects: PdfObjects,
  destinations: Destinations,
  pageNumber: ReadonlyMap<string, number>,
): Leads {
  const destination = (found: Destination | undefined) => {
    if (!found) return { page: undefined, view: '' }
    const [page, ...view] = found
    return { page: pageNumber.get(page), view: viewOf(view) }
  }
  return {
    destination,
    of: (source) => {
      const found = destinations.of(source)
      // An action that leads to a page is as good as a destination.
      return { ...destination(found), action: found ? [] : actionOf(source, objects) }
    },
  }
}

/** Null and what is missing leave things as they are, and so does a zoom of 0 (ISO 32000-1, table 151). */
function viewOf([kind, ...values]: readonly unknown[]): string {
  const numbers = values.map((each) => (typeof each === 'number' ? Math.round(each * 10) / 10 : null))
  if (kind === '/XYZ' && numbers[2] === 0) numbers[2] = null
  while (numbers.length > 0 && numbers.at(-1) === null) numbers.pop()
  return JSON.stringify([kind ?? null, ...numbers])
}

function actionOf(source: Dictionary, objects: PdfObjects): unknown[] {
  const action = objects.dictionary(source['/A'])
  const said = ['/S', '/URI', '/N'].map((key) => objects.resolve(action[key]))
  return said.map((each) => (each === undefined || isDictionary(each) ? null : each))
}
