/** Jobs of one request. */
const each = 1000

/** Asks for so many jobs that nobody runs. */
export async function fillWithJobs(url: string, count: number): Promise<void> {
  for (let made = 0; made < count; made += each) {
    const jobs = Array.from({ length: Math.min(each, count - made) }, () => ({
      task: 'hold',
      inputs: [],
      options: {},
    }))
    const answer = await fetch(`${url}/api/jobs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jobs }),
    })
    if (!answer.ok) throw new Error(`the jobs are not taken: ${answer.status} ${await answer.text()}`)
  }
}
