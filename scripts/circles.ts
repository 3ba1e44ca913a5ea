/**
 * The circles of a graph of files: its strongly connected parts of more than one file (Tarjan 1972), each sorted by name.
 * @param links from each file to those that it imports
 */
export function circlesIn(links: ReadonlyMap<string, readonly string[]>): string[][] {
  const [order, lowest] = [new Map<string, number>(), new Map<string, number>()]
  const open: string[] = []
  const circles: string[][] = []
  for (const file of links.keys()) if (!order.has(file)) visit(file)
  return circles

  function visit(file: string): number {
    order.set(file, order.size)
    lowest.set(file, order.size - 1)
    open.push(file)
    for (const next of links.get(file) ?? []) {
      if (!order.has(next)) lower(file, visit(next))
      else if (open.includes(next)) lower(file, order.get(next) ?? 0)
    }
    const reached = lowest.get(file) ?? 0
    if (reached === order.get(file)) close(file)
    return reached
  }

  function lower(file: string, to: number) {
    lowest.set(file, Math.min(lowest.get(file) ?? 0, to))
  }

  function close(root: string) {
    const part = open.splice(open.indexOf(root))
    if (part.length > 1) circles.push(part.sort())
  }
}
