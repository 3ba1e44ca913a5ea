import { setTimeout as pause } from 'node:timers/promises'

// Has a real job done: a page goes in, a smaller PDF comes out. Run by `helm test`.
const { GATEWAY_URL, API_KEY } = process.env
const headers = API_KEY ? { authorization: `Bearer ${API_KEY}` } : {}
const patienceMs = 240_000
const pauseMs = 2000

const form = new FormData()
form.set('file', new Blob([onePage()], { type: 'application/pdf' }), 'helm-test.pdf')
const submitted = await ask('/api/tasks/compress/jobs', {
  method: 'POST',
  body: form,
  headers: { prefer: 'wait=60' },
})
const { id } = await submitted.json()
console.log(`job ${id} is accepted`)

const job = await ended(id)
if (job.status !== 'completed')
  throw new Error(`the job ended as ${job.status}: ${JSON.stringify(job.failure)}`)
const result = Buffer.from(await (await ask(`/api/jobs/${id}/result`)).arrayBuffer())
if (!result.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('its result is no PDF')
console.log(`job ${id} is completed: ${result.length} bytes of PDF`)

/** Waits for the end of a job. */
async function ended(id) {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(pauseMs)) {
    const job = await (await ask(`/api/jobs/${id}`)).json()
    if (['completed', 'failed', 'cancelled'].includes(job.status)) return job
  }
  throw new Error(`the job has not ended after ${patienceMs / 1000} s: does a worker of its domain run?`)
}

async function ask(path, init = {}) {
  const response = await fetch(new URL(path, GATEWAY_URL), {
    ...init,
    headers: { ...headers, ...init.headers },
  })
  if (!response.ok) throw new Error(`${path} is answered with ${response.status}: ${await response.text()}`)
  return response
}

/** A PDF of one page with a line of text. */
function onePage() {
  const text = 'BT /F1 24 Tf 72 700 Td (PDF Smaller works.) Tj ET'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.7\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.join('')}`
  return `${file}${table}trailer\n<< /Size ${places.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
}
