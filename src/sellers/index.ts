/** The face of the room `sellers`: what touches a seller. */
export { sellerRoutes } from './routes.ts'
