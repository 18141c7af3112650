/** Business accounts: their administrators are told beside their buyers. */
export { tellAdministrators } from './tell.ts'
export type { ToldAdministrators } from './tell.ts'
export { campaignsOwingAdministrators, toldByNothing } from './queries-accounts.ts'
export { administratorRoutes } from './routes.ts'
