/** The thin client of the JSON API: cookies carry the sign-in, problems become words, nobody signed in goes to sign in. */

/** What the server refused, in words for a person. `field` names the input at fault. */
export class ApiProblem extends Error {
  readonly status: number
  readonly field: string | null

  constructor(status: number, message: string, field: string | null = null) {
    super(message)
    this.status = status
    this.field = field
  }
}

/** Reads one address; throws an `ApiProblem` that the nearest error page shows. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(path, { headers: { accept: 'application/json' }, ...(signal === undefined ? {} : { signal }) })
  if (!response.ok) throw await problemOf(response)
  return (await response.json()) as T
}

/** Writes once: the same `idempotencyKey` with the same body gets the same answer. What the server refuses is returned, not thrown. */
export async function post<T>(
  path: string,
  body: unknown,
  idempotencyKey: string,
): Promise<{ ok: true; value: T } | { ok: false; problem: ApiProblem }> {
  try {
    const response = await ask(path, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
    })
    if (!response.ok) return { ok: false, problem: await problemOf(response) }
    return { ok: true, value: (await response.json()) as T }
  } catch (error) {
    if (error instanceof ApiProblem) return { ok: false, problem: error }
    throw error
  }
}

export type Staff = { kind: 'officer' | 'seller'; name: string; user_id?: string; seller_id?: string }

let asked: Promise<Staff | null> | null = null

/** Who is signed in, asked once for the life of the page. */
export function whoAmI(): Promise<Staff | null> {
  asked ??= get<{ staff: Staff | null }>('/v1/me').then(
    (answer) => answer.staff,
    (error: unknown) => {
      asked = null
      throw error
    },
  )
  return asked
}

/** The sign-in page, which comes back to the page the reader is on. */
export function signInPath(): string {
  return `/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`
}

/** A new key for one write. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(0, 'The server does not answer. Check the connection, then try again.')
  }
  if (response.status === 401) return signIn()
  return response
}

/** Leaves for the sign-in page; nothing after it runs. */
function signIn(): Promise<never> {
  window.location.assign(signInPath())
  return new Promise(() => {})
}

async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const body = (await response.json()) as { title?: unknown; detail?: unknown; field?: unknown }
    const words = typeof body.title === 'string' && body.title !== '' ? body.title : wordsOf(response.status)
    return new ApiProblem(response.status, words, typeof body.field === 'string' ? body.field : null)
  } catch {
    return new ApiProblem(response.status, wordsOf(response.status))
  }
}

function wordsOf(status: number): string {
  if (status === 403) return 'This page is for someone else. You are signed in as another role.'
  if (status === 404) return 'There is nothing at this address. It may have been typed wrong.'
  if (status === 409) return 'Someone else changed this before you. Look at it again, then decide.'
  if (status >= 500) return 'Something broke on our side. Nothing you sent was lost. Please try again.'
  return 'That did not work. Please try again.'
}
