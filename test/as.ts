/** A room's routes as an app, asked as whoever a test wants to be: `await ask(routes, officer('Ada'), '/v1/campaigns')`. */
import { buildApp, routesOf, type AccessTable, type Officer, type Principals, type Routes, type SellerUser } from '../src/platform/http.ts'
import { openLog } from '../src/platform/log.ts'

export const nobody: Principals = { staff: null, buyer: null }

export function officer(name = 'Ada Officer'): Principals {
  const staff: Officer = { kind: 'officer', userId: `user-${name}`, name }
  return { staff, buyer: null }
}

export function seller(sellerId: string, name = 'Sam Seller'): Principals {
  const staff: SellerUser = { kind: 'seller', userId: `user-${sellerId}`, name, sellerId }
  return { staff, buyer: null }
}

export function buyer(buyerId: string): Principals {
  return { staff: null, buyer: { kind: 'buyer', buyerId } }
}

/**
 * The app that the routes would be part of, for one principal: headers, guard and problems included. Without a table every route is open to
 * everyone, so that a test sees what the handler itself does; give one (or part of the app's) to test who may come in.
 */
export function appAs(routes: Routes, principals: Principals, access?: AccessTable): Routes {
  const open: AccessTable = Object.fromEntries(routesOf(routes).map((route) => [route, { who: 'everyone', sees: 'everything' }]))
  return buildApp({ access: access ?? open, principals: async () => principals, routes: [routes], log: openLog('silent') })
}

/** One request to the routes as this principal. */
export async function ask(routes: Routes, principals: Principals, address: string, init?: RequestInit): Promise<Response> {
  return await appAs(routes, principals).request(address, init)
}

/** The same for a GET that must succeed, with its JSON. */
export async function askJson<T>(routes: Routes, principals: Principals, address: string): Promise<T> {
  const response = await ask(routes, principals, address)
  if (response.status !== 200) throw new Error(`GET ${address} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

/** Every item of a list, page by page through its cursor. */
export async function askAll<T>(routes: Routes, principals: Principals, address: string, limit = 500): Promise<T[]> {
  const items: T[] = []
  const separator = address.includes('?') ? '&' : '?'
  let cursor: string | null = ''
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${cursor}`
    const page: { items: T[]; next: string | null } = await askJson(routes, principals, `${address}${separator}limit=${limit}${from}`)
    items.push(...page.items)
    cursor = page.next
  }
  return items
}
