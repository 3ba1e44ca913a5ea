/** What holds and what does not, told line by line with the time since the start. */
export type Report = {
  say: (text: string) => void
  check: (what: string, holds: boolean, found?: unknown) => void
  /** Tells how many hold. @returns whether all do */
  end: () => boolean
}

export function openReport(): Report {
  const startedAt = performance.now()
  let [passed, failed] = [0, 0]
  const say = (text: string) =>
    console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}`)
  return {
    say,
    check: (what, holds, found) => {
      if (holds) passed++
      else failed++
      say(`${holds ? 'ok  ' : 'FAIL'} ${what}${found === undefined ? '' : ` ${JSON.stringify(found)}`}`)
    },
    end: () => {
      say(`${passed} passed, ${failed} failed`)
      return failed === 0
    },
  }
}
