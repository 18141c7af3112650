/**
 * Sign-in. Staff and sellers by better-auth (e-mail and password for now); buyers by a token that the marketplace signs.
 * Nobody signs up: an account is made by someone who may (decisions/006).
 */
import { betterAuth } from 'better-auth'
import { createHash, createSecretKey, type KeyObject } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import pg from 'pg'
import type { Principals } from './http.ts'
import { fail, ok, type Result } from './result.ts'

export type StaffAccount = { email: string; name: string; role: 'officer' | 'seller'; sellerId?: string }

export type Auth = {
  /** Who the request speaks for, from its cookies. */
  principals: (request: Request) => Promise<Principals>
  /** Checks the password and gives the cookies of a new session, or says that it is wrong (the same words for a wrong address). */
  signIn: (email: string, password: string) => Promise<Result<{ cookies: string[] }>>
  /** Ends the session of the request; the cookies to clear. */
  signOut: (request: Request) => Promise<string[]>
  /** Makes an account; refuses an address that has one and a password under 12 characters. */
  createAccount: (account: StaffAccount, password: string) => Promise<Result<{ userId: string }>>
  /** The id of the account with this address, or `null`. */
  userIdOf: (email: string) => Promise<string | null>
  /** True while nobody could sign in as an officer: the sign-in page then says how to create the first one. */
  hasNoOfficer: () => Promise<boolean>
  /** better-auth's own endpoints below /api/auth. */
  handler: (request: Request) => Promise<Response>
  close: () => Promise<void>
}

export const BUYER_COOKIE = 'tocsin_buyer'
const PASSWORD_LENGTH_MIN = 12
// A buyer's cookie lasts for one visit to the shop; the marketplace hands out a new one with each page.
const BUYER_TOKEN_LIFETIME = '2h'
const TOKEN_CHARACTERS_MAX = 4_096
const TOKENS_KEPT_MAX = 20_000

export function openAuth(options: {
  databaseUrl: string
  secret: string
  buyerSecret: string
  baseUrl: string
  secureCookies: boolean
}): Auth {
  // better-auth writes unqualified table names; its four tables live in the schema `auth`.
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 3, options: '-c search_path=auth' })
  pool.on('error', () => {})
  const auth = betterAuth({
    database: pool,
    secret: options.secret,
    baseURL: options.baseUrl,
    telemetry: { enabled: false },
    // Passwords are tried at our own form, which counts the failures.
    disabledPaths: ['/sign-in/email'],
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: PASSWORD_LENGTH_MIN },
    session: { expiresIn: 12 * 3600, updateAge: 3600, cookieCache: { enabled: true, maxAge: 60 } },
    advanced: { useSecureCookies: options.secureCookies, cookiePrefix: 'tocsin' },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        sellerId: { type: 'string', required: false, input: false },
      },
    },
    logger: { disabled: true },
  })
  const buyers = openBuyerTokens(options.buyerSecret)

  return {
    async principals(request) {
      const cookies = request.headers.get('cookie') ?? ''
      const [session, buyerId] = await Promise.all([
        cookies.includes('tocsin.session') ? auth.api.getSession({ headers: request.headers }) : null,
        buyers.read(bearerToken(request) ?? buyerTokenOf(cookies)),
      ])
      return { staff: session === null ? null : staffOf(session.user), buyer: buyerId === null ? null : { kind: 'buyer', buyerId } }
    },
    async signIn(email, password) {
      const response = await auth.api.signInEmail({ body: { email, password }, asResponse: true })
      if (!response.ok) return fail('unauthenticated', 'This e-mail address and password do not go together.', 'email')
      return ok({ cookies: response.headers.getSetCookie() })
    },
    async signOut(request) {
      const response = await auth.api.signOut({ headers: request.headers, asResponse: true })
      return response.headers.getSetCookie()
    },
    async createAccount(account, password) {
      if (password.length < PASSWORD_LENGTH_MIN)
        return fail('invalid', `The password needs at least ${PASSWORD_LENGTH_MIN} characters.`, 'password')
      const context = await auth.$context
      if ((await context.internalAdapter.findUserByEmail(account.email)) !== null) {
        return fail('conflict', 'There is an account with this e-mail address already.', 'email')
      }
      const person = { email: account.email.toLowerCase(), name: account.name, emailVerified: true }
      const user = await context.internalAdapter.createUser(
        { ...person, role: account.role, sellerId: account.sellerId ?? null },
        { method: 'admin' },
      )
      await context.internalAdapter.linkAccount({
        userId: user.id,
        accountId: user.id,
        providerId: 'credential',
        password: await context.password.hash(password),
      })
      return ok({ userId: user.id })
    },
    async userIdOf(email) {
      const found = await pool.query<{ id: string }>('select id from "user" where email = $1', [email.toLowerCase()])
      return found.rows[0]?.id ?? null
    },
    async hasNoOfficer() {
      const found = await pool.query(`select 1 from "user" where role = 'officer' limit 1`)
      return found.rowCount === 0
    },
    handler: (request) => auth.handler(request),
    close: () => pool.end(),
  }
}

function staffOf(user: { id: string; name: string } & Record<string, unknown>): Principals['staff'] {
  if (user['role'] === 'officer') return { kind: 'officer', userId: user.id, name: user.name }
  if (user['role'] === 'seller' && typeof user['sellerId'] === 'string') {
    return { kind: 'seller', userId: user.id, name: user.name, sellerId: user['sellerId'] }
  }
  return null
}

/** A token that says who a buyer is, as the marketplace signs it for its own customers (JWT, RFC 7519, HS256). */
export async function signBuyerToken(buyerSecret: string, buyerId: string): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(buyerId)
    .setAudience('tocsin')
    .setIssuedAt()
    .setExpirationTime(BUYER_TOKEN_LIFETIME)
    .sign(new TextEncoder().encode(buyerSecret))
}

/**
 * Reads buyers' tokens. A page of a shop asks with the same one again and again, so what a token says is kept in memory, for as long as it is
 * valid. Only tokens that were found genuine are kept, by their hash, and the oldest makes room: an attacker can neither fill the memory nor find
 * a token in it.
 */
export function openBuyerTokens(
  buyerSecret: string,
  now: () => number = Date.now,
): { read: (token: string | null) => Promise<string | null> } {
  const key = createSecretKey(Buffer.from(buyerSecret))
  const known = new Map<string, { buyerId: string; expiresAt: number }>()
  return {
    async read(token) {
      if (token === null || token.length > TOKEN_CHARACTERS_MAX) return null
      const hash = createHash('sha256').update(token).digest('base64')
      const found = known.get(hash)
      if (found !== undefined && now() < found.expiresAt) return found.buyerId
      known.delete(hash)
      const read = await verifyBuyerToken(key, token, new Date(now()))
      if (read === null) return null
      known.set(hash, read)
      if (known.size > TOKENS_KEPT_MAX) known.delete(known.keys().next().value!)
      return read.buyerId
    },
  }
}

async function verifyBuyerToken(key: KeyObject, token: string, currentDate: Date): Promise<{ buyerId: string; expiresAt: number } | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      audience: 'tocsin',
      algorithms: ['HS256'],
      requiredClaims: ['exp', 'sub'],
      currentDate,
    })
    return { buyerId: payload.sub!, expiresAt: payload.exp! * 1000 }
  } catch {
    return null // expired, forged or garbage: nobody is signed in
  }
}

/** A shop's page sends its buyer's token as a header. A machine's key is no token: it has no dots. */
function bearerToken(request: Request): string | null {
  return /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null
}

function buyerTokenOf(cookies: string): string | null {
  return new RegExp(`(?:^|; )${BUYER_COOKIE}=([^;]+)`).exec(cookies)?.[1] ?? null
}
